package io.autopulse.cli.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;

import io.autopulse.testing.AutopulseJar.Call;
import io.autopulse.testing.NodeEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The documentation that the job pages publishes, in a browser. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class MartsDocsIT {
  private static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void browserShowsAMartWithItsColumnsTestsAndReaders() {
    PythonPackages.interpreter(
        ROOT.resolve("warehouse/dbt/requirements.txt"),
        MartsIT.HOME.python(),
        System.getenv(),
        text -> {});
    run(
        Map.of(
            "AUTOPULSE_HOME", MartsIT.HOME.folder().toString(),
            "AUTOPULSE_MARTS_FILE", ":memory:",
            "DBT_TARGET_PATH", folder.toString()),
        List.of(
            ROOT.resolve(".ci/dbt").toString(),
            "docs",
            "generate",
            "--quiet",
            "--static",
            "--empty-catalog"));

    String page = shown("#!/model/model.autopulse.mart_sales_by_model");
    assertThat(
        page,
        allOf(
            containsString("Sales by model: one row a grain, period and model."),
            containsString("The model with its make, such as RENAULT CLIO."),
            containsString("Accepted Values: day, week, month"),
            containsString("Sales (The web dashboard)")));
    assertThat(
        shown("#!/metric/metric.autopulse.average_price"), containsString("Revenue by unit sold."));
  }

  /** Returns the text of the page as it is when its scripts are done. */
  private String shown(String place) {
    String page =
        run(
            Map.of(),
            List.of(
                NodeEnvironment.chromium().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--user-data-dir=" + folder.resolve("chromium"),
                "--virtual-time-budget=15000",
                "--dump-dom",
                folder.resolve("static_index.html").toUri() + place));
    return page.replaceAll("(?s)<script.*?</script>", "")
        .replaceAll("<[^>]+>", " ")
        .replaceAll("\\s+", " ");
  }

  private String run(Map<String, String> variables, List<String> command) {
    return Call.start(command, command, folder, variables).await().mustExit(0).out();
  }
}
