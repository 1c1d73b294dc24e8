package io.autopulse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.health.Symptom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages for people who have to do something: none is missing, lost or untested. */
class RunbooksTest {
  private static final Path RUNBOOKS = Path.of("docs/runbooks");
  private static final Pattern EXERCISED = Pattern.compile("(?m)^Exercised by (.*)$");
  private static final Pattern NAME = Pattern.compile("`([A-Za-z]+(?:Test|IT))(?:#(\\w+))?`");

  /** The page of its own kind that was there before; its job's tests are many. */
  private static final Path OLDEST = RUNBOOKS.resolve("live-sales.md");

  @Test
  void everyFindingHasItsPage() {
    List<String> missing =
        Arrays.stream(Symptom.values())
            .map(Symptom::runbook)
            .filter(page -> !Files.isRegularFile(Path.of(page)))
            .toList();
    assertThat(missing, is(empty()));
  }

  @Test
  void everyPageIsInTheIndex() throws IOException {
    String index = Files.readString(RUNBOOKS.resolve("README.md"));
    for (Path page : pages()) {
      assertThat(index, containsString("(" + page.getFileName() + ")"));
    }
  }

  @Test
  void everyPageHasItsPartsAndNamesTestsThatExist() throws IOException {
    List<Path> pages = new ArrayList<>(pages());
    pages.remove(OLDEST);
    assertThat(pages.size(), is(greaterThan(11)));
    for (Path page : pages) {
      String text = Files.readString(page);
      for (String part : List.of("## Symptom", "## Check", "## Remedy")) {
        assertThat(page.toString(), text, containsString(part));
      }
      List<MatchResult> tests =
          EXERCISED
              .matcher(text)
              .results()
              .flatMap(line -> NAME.matcher(line.group(1)).results())
              .toList();
      assertThat(page + " names a test", tests.isEmpty(), is(false));
      for (MatchResult test : tests) {
        assertThat(page + ": " + test.group(), exists(test), is(true));
      }
    }
  }

  private static boolean exists(MatchResult test) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      List<Path> found = files.filter(file -> file.endsWith(test.group(1) + ".java")).toList();
      return !found.isEmpty()
          && (test.group(2) == null
              || Files.readString(found.get(0)).contains(" void " + test.group(2) + "("));
    }
  }

  /** Pages of backups are of another kind: their drill is a script. */
  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(RUNBOOKS)) {
      return files
          .filter(file -> file.toString().endsWith(".md") && !file.endsWith("README.md"))
          .filter(file -> !file.endsWith("backup-and-restore.md"))
          .sorted()
          .toList();
    }
  }
}
