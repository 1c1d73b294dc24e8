package io.autopulse.pipeline;

import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.sink.live.snowflake.Reconciliation;
import io.autopulse.sink.live.snowflake.SnowflakeReconciler;
import io.autopulse.warehouse.WarehouseUri;
import io.autopulse.warehouse.snowflake.SnowflakeSettings;
import io.autopulse.warehouse.snowflake.SnowflakeWarehouse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;

/** Compares what live jobs staged for Snowflake with what it loaded, and mends the difference. */
public final class Reconcile {
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final SnowflakeReconciler reconciler;
  private final Clock clock;

  /**
   * Prepares the comparison.
   *
   * @param options how to reach the stage
   * @param environment the variables that say how to reach the warehouse
   * @throws InputException if the warehouse is none in Snowflake, or a variable must be mended
   */
  public Reconcile(
      Manifest manifest, PipelineOptions options, Map<String, String> environment, Clock clock) {
    if (!(manifest.warehouse() instanceof WarehouseUri.Snowflake snowflake)) {
      throw new InputException(
          manifest.places().of("warehouse"),
          "files that a live job drops for DuckDB wait for the loader, and none gets lost",
          "Load them: autopulse follow MANIFEST. To reconcile is for warehouses snowflake://…");
    }
    FileSystems.setDefaultPipelineOptions(options);
    this.clock = clock;
    reconciler =
        SnowflakeReconciler.of(
            SnowflakeWarehouse.open(SnowflakeSettings.of(snowflake, environment), false));
  }

  /**
   * Compares.
   *
   * @param since how far back; at most {@link SnowflakeReconciler#HISTORY}
   * @param minAge files that are younger may be on their way
   */
  public List<Reconciliation> compare(Duration since, Duration minAge) {
    Instant now = clock.instant();
    Duration reach =
        since.compareTo(SnowflakeReconciler.HISTORY) > 0 ? SnowflakeReconciler.HISTORY : since;
    return reconciler.compare(now.minus(reach), now.minus(minAge));
  }

  /**
   * Names what is missing to Snowpipe again, and waits until it is loaded.
   *
   * @param missing what {@link #compare} has found
   * @param patience how long to wait
   * @return the same files as they are then
   */
  public List<Reconciliation> mend(List<Reconciliation> missing, Duration patience) {
    reconciler.ingest(missing);
    Instant from =
        missing.stream()
            .flatMap(table -> table.missing().stream())
            .map(Reconciliation.Missing::staged)
            .min(Instant::compareTo)
            .orElseThrow();
    Instant until =
        missing.stream()
            .flatMap(table -> table.missing().stream())
            .map(Reconciliation.Missing::staged)
            .max(Instant::compareTo)
            .orElseThrow();
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      List<Reconciliation> now = reconciler.compare(from, until);
      if (now.stream().allMatch(table -> table.missing().isEmpty())
          || System.nanoTime() > deadline) {
        return now;
      }
      try {
        Thread.sleep(LOOK.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return now;
      }
    }
  }
}
