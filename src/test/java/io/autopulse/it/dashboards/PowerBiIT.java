package io.autopulse.it.dashboards;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.PythonEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Power BI project: its files keep their rules, seeded mistakes are caught, the DAX has the
 * values of the metrics, and each person sees the rows of the role. {@code test_powerbi.py} has the
 * cases, and {@code test_pictures.py} those of what is drawn from these files and Metabase's.
 */
class PowerBiIT {
  private static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Path DASHBOARDS = ROOT.resolve("dashboards");
  private static final Path TESTS = ROOT.resolve("src/test/python/dashboards");

  private static PythonEnvironment python;

  @TempDir private Path folder;

  @BeforeAll
  static void make() throws IOException {
    python =
        PythonEnvironment.of(
            DASHBOARDS.resolve("requirements.txt"), ROOT.resolve("target/python/dashboards"));
  }

  @Test
  void filesKeepTheirRulesAndMistakesAreCaught() throws Exception {
    assertThat(run("test_powerbi.Committed", "test_powerbi.Mistakes"), is("0"));
  }

  @Test
  void daxHasTheValuesOfTheMetricsAndRolesShowTheirRows() throws Exception {
    assertThat(run("test_powerbi.Values", "test_powerbi.Security"), is("0"));
  }

  @Test
  void picturesShowEveryVisualOfTheFiles() throws Exception {
    assertThat(run("test_pictures"), is("0"));
  }

  /** Returns the exit code, and below it what failed. */
  private String run(String... cases) throws Exception {
    Path log = folder.resolve("unittest.log");
    ProcessBuilder builder = python.module("unittest", TESTS, log);
    builder.command().addAll(List.of(cases));
    builder
        .environment()
        .merge(
            "PYTHONPATH",
            String.join(
                File.pathSeparator,
                DASHBOARDS.toString(),
                DASHBOARDS.resolve("powerbi").toString(),
                DASHBOARDS.resolve("pictures").toString()),
            (tests, sources) -> tests + File.pathSeparator + sources);
    int code = builder.directory(ROOT.toFile()).start().waitFor();
    return code == 0 ? "0" : code + "\n" + Files.readString(log);
  }
}
