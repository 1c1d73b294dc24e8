package io.autopulse.cli.marts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of the models and tests of a build, as dbt's {@code run_results.json} has it.
 *
 * @param models how many models, snapshots and seeds were made
 * @param tests how many tests passed
 * @param warnings what tests warn of
 * @param failures the tests that failed
 * @param errors what could not be run
 */
record DbtResults(
    int models, int tests, List<Line> warnings, List<Line> failures, List<Line> errors) {
  /**
   * A test or a model.
   *
   * @param name its name
   * @param message what dbt says of it
   */
  record Line(String name, String message) {
    @Override
    public String toString() {
      return name + ": " + message;
    }
  }

  /** Reads the file; nothing became of anything if it is not there. */
  static DbtResults read(Path file) {
    int models = 0;
    int tests = 0;
    List<Line> warnings = new ArrayList<>();
    List<Line> failures = new ArrayList<>();
    List<Line> errors = new ArrayList<>();
    try {
      JsonNode results =
          Files.exists(file)
              ? new ObjectMapper().readTree(file.toFile()).path("results")
              : new ObjectMapper().createArrayNode();
      for (JsonNode result : results) {
        switch (result.path("status").asText()) {
          // The steps around the build are operations.
          case "success" -> models += id(result)[0].equals("operation") ? 0 : 1;
          case "pass" -> tests++;
          case "warn" -> warnings.add(line(result));
          case "fail" -> failures.add(line(result));
          case "error", "runtime error" -> errors.add(line(result));
          default -> {
            // Skipped, because of what it depends on.
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new DbtResults(models, tests, warnings, failures, errors);
  }

  private static String[] id(JsonNode result) {
    return result.path("unique_id").asText().split("\\.", -1);
  }

  /**
   * The third part of an id is the name: {@code test.autopulse.fct_sales_has_one_row_a_key.0ab}.
   */
  private static Line line(JsonNode result) {
    String[] id = id(result);
    String name =
        id[0].equals("unit_test") && id.length > 3
            ? id[2] + "." + id[3]
            : id[Math.min(2, id.length - 1)];
    return new Line(name, result.path("message").asText("").lines().findFirst().orElse("").strip());
  }
}
