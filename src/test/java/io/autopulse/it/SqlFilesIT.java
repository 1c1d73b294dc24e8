package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The SQL files, as sqlfluff reads them with the rules of {@code .sqlfluff}. */
class SqlFilesIT {
  private static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

  private static PythonEnvironment python;

  @TempDir private Path folder;

  @BeforeAll
  static void make() throws IOException {
    python =
        PythonEnvironment.of(
            ROOT.resolve("src/test/python/sql/requirements.txt"),
            ROOT.resolve("target/python/sql"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "snowflake"})
  void everyFileParsesAndFollowsTheStyleInBothDialects(String dialect) throws Exception {
    assertThat(lint(dialect, ROOT.resolve("src/main/resources")), is("0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "snowflake"})
  void aFileThatDoesNotParseIsFound(String dialect) throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.sql"), "select from where {from}\n");

    assertThat(lint(dialect, broken).startsWith("1\n"), is(true));
  }

  /** Returns the exit code, and below it what is wrong. */
  private String lint(String dialect, Path sources) throws Exception {
    Path log = folder.resolve("lint.log");
    ProcessBuilder builder = python.module("sqlfluff", ROOT, log);
    builder
        .command()
        .addAll(
            List.of(
                "lint",
                "--dialect",
                dialect,
                "--config",
                ROOT.resolve(".sqlfluff").toString(),
                "--disable-progress-bar",
                "--nocolor",
                sources.toString()));
    int code = builder.directory(ROOT.toFile()).start().waitFor();
    return code == 0 ? "0" : code + "\n" + Files.readString(log);
  }
}
