import io.autopulse.pipeline.run.RunRequest;
import io.autopulse.pipeline.BatchRun;
import io.autopulse.pipeline.run.RunListener;
import io.autopulse.pipeline.run.RunSummary;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.ManifestReader;
import io.autopulse.pipeline.runner.RunnerConfigReader;
import io.autopulse.pipeline.yaml.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Several refreshes in one process, each into a new DuckDB file: what a run costs once the machine
 * code is there. Prints the seconds of each as JSON. Run as a source file with the jar on the class
 * path.
 */
public final class WarmRefresh {
  private WarmRefresh() {}

  /**
   * Runs.
   *
   * @param arguments the manifest, the DuckDB file and the number of runs
   */
  public static void main(String[] arguments) throws IOException {
    Path database = Path.of(arguments[1]);
    for (int run = 0; run < Integer.parseInt(arguments[2]); run++) {
      Files.deleteIfExists(database);
      Files.deleteIfExists(Path.of(database + ".wal"));
      long cpu = cpuNanos();
      long started = System.nanoTime();
      Manifest manifest =
          new ManifestReader(System.getenv())
              .read(
                  Path.of(arguments[0]),
                  List.of(new Setting("--warehouse", "warehouse", "duckdb:" + database)));
      RunSummary summary =
          new BatchRun(
                  new RunRequest(manifest, Optional.empty(), Optional.empty(), "benchmark"),
                  new RunnerConfigReader(System.getenv())
                      .shipped("flink-local")
                      .toPipelineOptions(List.of()),
                  System.getenv(),
                  Clock.systemUTC(),
                  RunListener.SILENT)
              .run();
      System.out.printf(
          Locale.ROOT,
          "{\"seconds\": %.3f, \"cpu\": %.2f, \"steps\": {\"pipeline\": %.3f, \"audits\": %.3f, \"publishing\": %.3f}}%n",
          (System.nanoTime() - started) / 1e9,
          (cpuNanos() - cpu) / 1e9,
          summary.pipelineSeconds(),
          summary.report().auditSeconds(),
          summary.report().publishSeconds());
    }
    // Flink's threads may outlive the last run.
    System.exit(0);
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
