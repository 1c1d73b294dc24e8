package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.Nightly;
import io.autopulse.testing.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The SQL files, as sqlfluff reads them with the rules of {@code .sqlfluff}. A file in a folder
 * that is named after a dialect has statements of that one only.
 */
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
    String other = dialect.equals("duckdb") ? "snowflake" : "duckdb";
    List<Path> files;
    try (Stream<Path> resources = Files.walk(ROOT.resolve("src/main/resources"))) {
      files =
          resources
              .filter(file -> file.toString().endsWith(".sql"))
              .filter(file -> !file.toString().contains("/" + other + "/"))
              .toList();
    }
    assertThat(lint(dialect, ROOT.resolve(".sqlfluff"), files), is("0"));
  }

  static List<String> dialectsOfDbt() {
    return List.of("duckdb", "snowflake").subList(0, Nightly.size(1, 2));
  }

  /** Its macros are stand-ins: what they write is tested by dbt. Snowflake's dialect at night. */
  @ParameterizedTest
  @MethodSource("dialectsOfDbt")
  void modelsAndTestsOfDbtParseAndFollowTheStyle(String dialect) throws Exception {
    Path dbt = ROOT.resolve("warehouse/dbt");
    assertThat(
        lint(
            dialect,
            dbt.resolve(".sqlfluff"),
            List.of(dbt.resolve("models"), dbt.resolve("tests"))),
        is("0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "snowflake"})
  void aFileThatDoesNotParseIsFound(String dialect) throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.sql"), "select from where {from}\n");

    assertThat(
        lint(dialect, ROOT.resolve(".sqlfluff"), List.of(broken)).startsWith("1\n"), is(true));
  }

  /** Returns the exit code, and below it what is wrong. */
  private String lint(String dialect, Path config, List<Path> files) throws Exception {
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
                config.toString(),
                "--disable-progress-bar",
                "--nocolor"));
    files.forEach(file -> builder.command().add(file.toString()));
    int code = builder.directory(ROOT.toFile()).start().waitFor();
    return code == 0 ? "0" : code + "\n" + Files.readString(log);
  }
}
