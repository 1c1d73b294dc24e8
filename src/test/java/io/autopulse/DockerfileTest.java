package io.autopulse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The image: what is in it, who runs it, and what a build can see. */
class DockerfileTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir", ""));

  private static List<String> instructions() throws IOException {
    String text = Files.readString(ROOT.resolve("Dockerfile")).replaceAll("\\\\\n\\s*", "");
    return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
  }

  private static List<String> arguments(String instruction) throws IOException {
    return instructions().stream()
        .filter(line -> line.startsWith(instruction + " "))
        .map(line -> line.substring(instruction.length() + 1))
        .toList();
  }

  private static List<String> copied() throws IOException {
    List<String> sources = new ArrayList<>();
    for (String copy : arguments("COPY")) {
      List<String> words = List.of(copy.split(" +"));
      sources.addAll(words.subList(0, words.size() - 1));
    }
    return sources;
  }

  @Test
  void runsAsAnUnnamedUserThatIsNotRootWithoutAShell() throws IOException {
    List<String> lines = instructions();
    assertThat(arguments("USER"), everyItem(matchesPattern("[1-9]\\d+:[1-9]\\d+")));
    assertThat(arguments("USER").size(), is(1));
    int user = lines.indexOf("USER " + arguments("USER").get(0));
    assertThat(
        "nothing is changed by the user",
        lines.subList(user, lines.size()).stream().filter(l -> l.matches("(RUN|COPY) .*")).toList(),
        is(empty()));
    assertThat(arguments("ENTRYPOINT"), contains("[\"/opt/autopulse/bin/autopulse\"]"));
  }

  @Test
  void copiesTheTestedJarAndWhatAJobNeedsAndDownloadsNothing() throws IOException {
    assertThat(
        new TreeSet<>(copied()),
        contains(
            "bin/autopulse",
            "bin/java-options",
            "pipelines",
            "runner-configs",
            "target/autopulse.jar"));
    for (String source : copied()) {
      if (!source.startsWith("target/")) {
        assertThat(source, Files.exists(ROOT.resolve(source)), is(true));
      }
    }
    assertThat(arguments("ADD"), is(empty()));
    assertThat(arguments("RUN"), is(empty()));
  }

  @Test
  void aBuildSeesNothingElse() throws IOException {
    List<String> seen;
    try (Stream<String> lines = Files.lines(ROOT.resolve(".dockerignore"))) {
      seen = lines.filter(line -> !line.startsWith("#")).toList();
    }
    List<String> expected = new ArrayList<>(List.of("*"));
    copied().forEach(source -> expected.add("!" + source));
    assertThat(seen, is(expected));
  }
}
