package io.autopulse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autopulse.domain.health.Symptom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages for people who have to do something: none is missing, lost or untested. */
class RunbooksTest {
  private static final Path RUNBOOKS = Path.of("docs/runbooks");
  private static final Pattern NAME = Pattern.compile("`([A-Za-z]+(?:Test|IT))(?:#(\\w+))?`");

  /** How to operate a job, and a drill: more than a symptom leads to them. */
  private static final List<Path> OF_THEIR_OWN_KIND =
      List.of(RUNBOOKS.resolve("live-sales.md"), RUNBOOKS.resolve("backup-and-restore.md"));

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
  void everyPageIsInTheIndexWithTestsThatExist() throws IOException {
    String index = Files.readString(RUNBOOKS.resolve("README.md"));
    for (Path page : pages()) {
      String row =
          index
              .lines()
              .filter(line -> line.contains("(" + page.getFileName() + ")"))
              .findFirst()
              .orElse("");
      List<MatchResult> tests =
          NAME.matcher(row.substring(row.lastIndexOf(" | ") + 1)).results().toList();
      assertThat(page + " has a test: " + row, tests, is(not(empty())));
      for (MatchResult test : tests) {
        assertThat(page + ": " + test.group(), exists(test), is(true));
      }
    }
  }

  @Test
  void everyPageHasItsParts() throws IOException {
    List<Path> pages = pages();
    pages.removeAll(OF_THEIR_OWN_KIND);
    for (Path page : pages) {
      String text = Files.readString(page);
      for (String part : List.of("## Symptom", "## Check", "## Remedy")) {
        assertThat(page.toString(), text, containsString(part));
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

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(RUNBOOKS)) {
      return files
          .filter(file -> file.toString().endsWith(".md") && !file.endsWith("README.md"))
          .sorted()
          .collect(Collectors.toCollection(ArrayList::new));
    }
  }
}
