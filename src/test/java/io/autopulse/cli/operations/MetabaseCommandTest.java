package io.autopulse.cli.operations;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;

import io.autopulse.cli.InProcessCli;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code autopulse metabase} without a server; FatJarIT has one. */
class MetabaseCommandTest {
  @TempDir Path temporary;

  @Test
  void shippedFilesAreInOrder() {
    assertThat(
        InProcessCli.succeed("metabase", "lint").out().strip(),
        matchesPattern("\\d+ collections, questions and dashboards are in order\\."));
  }

  @Test
  void whatIsWrongIsTheUsersToCorrect() {
    assertThat(
        InProcessCli.run("metabase", "lint", "--folder", temporary.toString()).mustExit(2).err(),
        containsString("has no files of Metabase that can be read"));
    assertThat(
        InProcessCli.run("metabase", "lint", "--dashboard", "sales").mustExit(2).err(),
        containsString("--dashboard: is not a URL"));
    assertThat(
        InProcessCli.run("metabase").mustExit(2).err(),
        containsString("metabase lint, plan, apply, export or region"));
  }
}
