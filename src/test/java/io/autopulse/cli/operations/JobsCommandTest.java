package io.autopulse.cli.operations;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.autopulse.cli.InProcessCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code autopulse jobs} without a server; FatJarIT has one. */
class JobsCommandTest {
  private static final String FOLDER =
      Path.of(System.getProperty("basedir", ""), "rundeck").toString();

  @TempDir Path temporary;

  @Test
  void shippedJobsAreInOrder() {
    assertThat(
        InProcessCli.succeed("jobs", "lint", "--folder", FOLDER).out().strip(),
        is("9 jobs of project autopulse are in order."));
    InProcessCli.succeed("jobs", "lint", "--folder", FOLDER, "--project", "staging");
  }

  @Test
  void whatIsWrongIsTheUsersToCorrect() throws IOException {
    Files.createDirectories(temporary.resolve("jobs"));
    Files.writeString(temporary.resolve("project.properties"), "project.name=autopulse\n");
    assertThat(
        InProcessCli.run("jobs", "lint", "--folder", temporary.toString()).mustExit(2).err(),
        containsString("error: jobs.yaml (shipped): jobs.marts: has no file"));
    Files.writeString(temporary.resolve("project.properties"), "project=autopulse\n");
    assertThat(
        InProcessCli.run("jobs", "diff", "--folder", temporary.toString()).mustExit(2).err(),
        containsString("project.properties: does not name the project. Write project.name=NAME"));
    assertThat(
        InProcessCli.run("jobs", "lint", "--folder", "nowhere").mustExit(2).err(),
        containsString("project.properties: does not exist"));
  }

  @Test
  void withoutAVerbItNamesThem() {
    assertThat(
        InProcessCli.run("jobs").mustExit(2).err(), containsString("jobs lint, diff or deploy"));
    assertThat(
        InProcessCli.run("jobs", "deplay").mustExit(2).err(),
        containsString("Did you mean deploy?"));
  }
}
