package io.autopulse.sink.live.snowflake;

import io.autopulse.domain.problem.InputException;
import io.autopulse.sink.live.LiveSink;
import io.autopulse.sink.live.LiveTable;
import io.autopulse.sink.staging.snowflake.SnowflakeStagingArea;
import io.autopulse.warehouse.snowflake.SnowflakeSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/** Appends a live job's rows to tables in Snowflake, by SnowflakeIO and Snowpipe. */
public final class SnowflakeLiveSink implements LiveSink {
  private final SnowflakeSettings settings;
  private final Set<LiveTable> tables;
  private final String stage;
  private final String runId;
  private final String currency;
  private final Duration flush;
  private final Clock clock;

  private SnowflakeLiveSink(
      SnowflakeSettings settings,
      Set<LiveTable> tables,
      String stage,
      String runId,
      String currency,
      Duration flush,
      Clock clock) {
    this.settings = settings;
    this.tables = Set.copyOf(tables);
    this.stage = stage;
    this.runId = runId;
    this.currency = currency;
    this.flush = flush;
    this.clock = clock;
  }

  /**
   * Returns the sink of a run.
   *
   * @param tables what the job writes: their pipes must be there
   * @param currency the reporting currency: the only one of accepted sales
   * @param flush how long rows wait for more, and files for others
   * @param clock gives {@code computed_at}; serializable
   * @throws InputException if no stage is named, or the user does not log in by a key pair
   */
  public static SnowflakeLiveSink of(
      SnowflakeSettings settings,
      Set<LiveTable> tables,
      String runId,
      String currency,
      Duration flush,
      Clock clock) {
    SnowflakeLiveSink sink =
        new SnowflakeLiveSink(
            settings, tables, SnowflakeStagingArea.stage(settings), runId, currency, flush, clock);
    tables.forEach(table -> settings.pipe(PipeTable.of(table).pipe()));
    return sink;
  }

  /**
   * Asks Snowpipe whether it takes the key and shows the pipes.
   *
   * @throws InputException if it does not
   */
  public void check() {
    for (LiveTable table : tables) {
      settings.pipe(PipeTable.of(table).pipe()).check();
    }
  }

  @Override
  public PTransform<PCollection<byte[]>, PDone> rows(LiveTable content) {
    PipeTable table = PipeTable.of(content);
    Map<String, String> constants = new HashMap<>(Map.of("run_id", runId, "currency", currency));
    if (content == LiveTable.PANES) {
      // A stream closes no window: the refresh does.
      constants.put("is_final", "false");
    }
    return IngestRows.into(
        table, settings, stage, runId, new PipeRowText(table, constants, clock), flush);
  }

  @Override
  public boolean gathersRejected() {
    return true;
  }
}
