import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.domain.feed.value.DateHorizon;
import io.autopulse.domain.feed.Feed;
import io.autopulse.pipeline.sales.DailyRefresh;
import io.autopulse.pipeline.sales.RefreshPlan;
import io.autopulse.pipeline.feed.SourceCheck;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.ManifestReader;
import io.autopulse.pipeline.runner.RunnerConfigReader;
import io.autopulse.pipeline.yaml.Setting;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.Staging;
import io.autopulse.sink.staging.files.StagingFolder;
import io.autopulse.warehouse.WarehouseUri;
import io.autopulse.warehouse.snowflake.SnowflakeSettings;
import io.autopulse.sink.staging.snowflake.SnowflakeStagingArea;
import io.autopulse.warehouse.snowflake.SnowflakeWarehouse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * The pipeline of a refresh alone, without audits and publication: what it stages is left where it
 * is. Prints its seconds as JSON. Run as a source file with the jar on the class path.
 */
public final class StageMeasure {
  private static final String RUN = "r20260101_000000_000000";

  private StageMeasure() {}

  /**
   * Runs.
   *
   * @param arguments the manifest; a folder for Parquet files or the URI of a warehouse in
   *     Snowflake; Beam's options
   */
  public static void main(String[] arguments) {
    Manifest manifest =
        new ManifestReader(System.getenv())
            .read(Path.of(arguments[0]), List.of(new Setting("--set", "lookback", "all")));
    PipelineOptions options =
        new RunnerConfigReader(System.getenv())
            .shipped("flink-local")
            .toPipelineOptions(Arrays.asList(arguments).subList(2, arguments.length));
    FileSystems.setDefaultPipelineOptions(options);
    long bytes = SourceCheck.check(manifest).get(Feed.SALES).bytes();
    Staging staging = staging(arguments[1], bytes);
    staging.prepare();
    Pipeline pipeline = Pipeline.create(options);
    DailyRefresh.build(
        pipeline,
        new RefreshPlan(
            manifest.feeds(),
            manifest.timezone(),
            manifest.currency().getCurrencyCode(),
            Set.copyOf(manifest.kpis().orElseThrow().grains()),
            manifest.kpis().orElseThrow().dimensions(),
            BusinessInterval.ALL,
            LocalDate.ofInstant(Clock.systemUTC().instant(), manifest.timezone()),
            (int) Math.max(8, bytes / (16L << 20)),
            staging,
            Map.of(),
            DateHorizon.NONE));
    long cpu = cpuNanos();
    long started = System.nanoTime();
    PipelineResult.State state = pipeline.run().waitUntilFinish();
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException("the pipeline ended " + state);
    }
    System.out.printf(
        Locale.ROOT,
        "{\"seconds\": %.3f, \"cpu\": %.2f}%n",
        (System.nanoTime() - started) / 1e9,
        (cpuNanos() - cpu) / 1e9);
    // Flink's threads may outlive the run.
    System.exit(0);
  }

  private static Staging staging(String place, long bytes) {
    if (!place.startsWith("snowflake:")) {
      return StagingFolder.of(Path.of(place)).staging(RUN, bytes, StagedTable.OF_REFRESH);
    }
    SnowflakeWarehouse warehouse =
        SnowflakeWarehouse.open(
            SnowflakeSettings.of(
                (WarehouseUri.Snowflake) WarehouseUri.parse(place), System.getenv()),
            false);
    warehouse.migrate();
    return SnowflakeStagingArea.of(warehouse).staging(RUN, bytes, StagedTable.OF_REFRESH);
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
