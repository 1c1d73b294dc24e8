package io.autopulse.cli.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
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
  private static final String NEEDED =
      "This test needs Chromium, on Debian: apt-get install chromium";

  @TempDir private Path folder;

  @Test
  void browserShowsAMartWithItsColumnsTestsAndReaders() throws Exception {
    MartsHome home = new MartsHome(ROOT.resolve("target/python/marts"));
    PythonPackages.interpreter(
        ROOT.resolve("warehouse/dbt/requirements.txt"), home.python(), System.getenv(), text -> {});
    run(
        Map.of(
            "AUTOPULSE_HOME", home.folder().toString(),
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
  private String shown(String place) throws IOException, InterruptedException {
    String page =
        run(
            Map.of(),
            List.of(
                "chromium",
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

  private String run(Map<String, String> variables, List<String> command)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(variables);
    int code;
    try {
      code = builder.start().waitFor();
    } catch (IOException e) {
      throw new IllegalStateException(NEEDED, e);
    }
    assertThat(Files.readString(err), code, is(0));
    return Files.readString(out);
  }
}
