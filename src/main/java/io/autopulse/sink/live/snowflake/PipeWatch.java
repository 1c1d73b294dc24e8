package io.autopulse.sink.live.snowflake;

import io.autopulse.domain.problem.InputException;
import io.autopulse.sink.live.LiveLoad;
import io.autopulse.sink.live.LiveTable;
import io.autopulse.warehouse.snowflake.SnowflakePipe;
import io.autopulse.warehouse.snowflake.SnowflakeSettings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import net.snowflake.ingest.connection.HistoryResponse;
import net.snowflake.ingest.connection.IngestStatus;

/** Sees what Snowpipe loads into the tables of live jobs, and which files it could not load. */
public final class PipeWatch {
  private final Map<PipeTable, SnowflakePipe> pipes = new EnumMap<>(PipeTable.class);
  private final Map<PipeTable, String> marks = new EnumMap<>(PipeTable.class);
  private final String folder;
  private final Consumer<String> progress;

  private PipeWatch(
      SnowflakeSettings settings, Set<LiveTable> tables, String folder, Consumer<String> progress) {
    for (LiveTable content : tables) {
      PipeTable table = PipeTable.of(content);
      pipes.put(table, settings.pipe(table.pipe()));
    }
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Watches the files of a run.
   *
   * @param tables what the job writes
   * @param progress told of files that were not loaded
   */
  public static PipeWatch ofRun(
      SnowflakeSettings settings, Set<LiveTable> tables, String runId, Consumer<String> progress) {
    return new PipeWatch(settings, tables, runId + "/", progress);
  }

  /** Watches the files of all runs. */
  public static PipeWatch ofAll(
      SnowflakeSettings settings, Set<LiveTable> tables, Consumer<String> progress) {
    return new PipeWatch(settings, tables, "", progress);
  }

  /**
   * Returns what was loaded since the last look, or in the ten minutes before the first.
   *
   * @return {@code versions} and {@code panes} are rows, some of them perhaps loaded before; {@code
   *     quarantined} are files that were not loaded
   */
  public LiveLoad look() {
    LiveLoad load = LiveLoad.NOTHING;
    for (Map.Entry<PipeTable, SnowflakePipe> pipe : pipes.entrySet()) {
      load = load.and(look(pipe.getKey(), pipe.getValue()));
    }
    return load;
  }

  private LiveLoad look(PipeTable table, SnowflakePipe pipe) {
    HistoryResponse report;
    try {
      report = pipe.report(marks.get(table));
    } catch (InputException e) {
      // The job does not depend on it: another look.
      progress.accept("Snowpipe does not report: " + e.getMessage());
      return LiveLoad.NOTHING;
    }
    if (report.getNextBeginMark() != null) {
      marks.put(table, report.getNextBeginMark());
    }
    int files = 0;
    int failed = 0;
    long rows = 0;
    for (HistoryResponse.FileEntry file :
        report.files == null ? List.<HistoryResponse.FileEntry>of() : report.files) {
      String name = file.getStageLocation() + file.getPath();
      if (!name.contains(folder) || !Boolean.TRUE.equals(file.isComplete())) {
        continue;
      }
      if (file.getStatus() == IngestStatus.LOAD_FAILED) {
        failed++;
        progress.accept(
            name + " was not loaded: " + file.getFirstError() + "; see autopulse reconcile");
      } else {
        files++;
        rows += file.getRowsInserted();
      }
    }
    return load(table.content(), files, rows, failed);
  }

  private static LiveLoad load(LiveTable content, int files, long rows, int failed) {
    boolean figures = content != LiveTable.REJECTED && LiveTable.OF_MARKET.contains(content);
    return new LiveLoad(
        files,
        content == LiveTable.VERSIONS ? rows : 0,
        0,
        content == LiveTable.PANES ? rows : 0,
        figures ? rows : 0,
        content == LiveTable.TREND_FEATURES ? rows : 0,
        content == LiveTable.REJECTED && rows > 0 ? Map.of("records", rows) : Map.of(),
        failed,
        0,
        Optional.empty());
  }
}
