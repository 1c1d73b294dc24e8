package io.autopulse.cli.marts;

import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One run of {@code dbt build}, in a process of its own. It builds in a schema of the build, and
 * shows it as the marts if every test passed.
 *
 * @param python the Python that has dbt
 * @param project the project
 * @param build the build's id, a part of its schema's name
 * @param variables what the profile needs to know
 * @param arguments further arguments of dbt
 */
record DbtBuild(
    Path python,
    DbtProject project,
    String build,
    Map<String, String> variables,
    List<String> arguments) {
  /** The schema that readers read. */
  static final String SCHEMA = "AUTOPULSE_MARTS";

  private static final String DBT =
      "import sys; from dbt.cli.main import cli; sys.exit(cli(sys.argv[1:]))";

  /**
   * Builds.
   *
   * @return what was made
   * @throws MartsFailedException if a test failed
   * @throws InputException if another process holds the warehouse
   */
  DbtResults run() {
    Path log = project.folder().resolve("dbt.log");
    int code = execute(log);
    DbtResults results =
        DbtResults.read(project.folder().resolve("target").resolve("run_results.json"));
    if (code == 0) {
      return results;
    }
    String output = text(log);
    if (output.contains("Could not set lock on file")) {
      throw new InputException(
          variables.getOrDefault("AUTOPULSE_MARTS_FILE", "the warehouse"),
          "another process holds the warehouse: "
              + lines(output, "Could not set lock on file").get(0),
          "Let it end, or stop it, and try again");
    }
    if (!results.failures().isEmpty()) {
      throw new MartsFailedException(failed(results));
    }
    throw new IllegalStateException(
        results.errors().isEmpty()
            ? "dbt ended with exit code %d: %s. Its log is %s".formatted(code, last(output), log)
            : "dbt could not build %s. Its log is %s".formatted(joined(results.errors()), log));
  }

  private String failed(DbtResults results) {
    return "%d of %d tests failed: the marts are as they were.%n%s%nWhat was built is in the schema %s, the tests in %s"
        .formatted(
            results.failures().size(),
            results.failures().size() + results.tests() + results.warnings().size(),
            results.failures().stream().map(line -> "  " + line).collect(Collectors.joining("\n")),
            schema(),
            project.folder().resolve("target/compiled"));
  }

  private static String joined(List<DbtResults.Line> lines) {
    return lines.stream().map(DbtResults.Line::toString).collect(Collectors.joining("; "));
  }

  private String schema() {
    return SCHEMA + "__" + build;
  }

  private int execute(Path log) {
    List<String> command = new ArrayList<>(List.of(python.toString(), "-c", DBT, "build"));
    command.addAll(List.of("--project-dir", ".", "--profiles-dir", "."));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(project.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    // Packages and settings of the caller are not those of dbt.
    environment.keySet().removeIf(name -> name.startsWith("DBT_") || name.startsWith("PYTHON"));
    environment.putAll(variables);
    environment.put("AUTOPULSE_MARTS_SCHEMA", schema());
    environment.put("AUTOPULSE_MARTS_PUBLISH", "true");
    environment.put("DBT_SEND_ANONYMOUS_USAGE_STATS", "false");
    environment.put("PYTHONUTF8", "1");
    try {
      Process process = builder.start();
      Thread stop = new Thread(process::destroy, "stop dbt");
      Runtime.getRuntime().addShutdownHook(stop);
      process.getOutputStream().close();
      int code = process.waitFor();
      Runtime.getRuntime().removeShutdownHook(stop);
      return code;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException("dbt", "interrupted", "", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(String output, String part) {
    return output.lines().filter(line -> line.contains(part)).map(String::strip).toList();
  }

  private static String last(String output) {
    return output.lines().filter(line -> !line.isBlank()).reduce("", (a, b) -> b).strip();
  }
}
