package io.autopulse.sink.snowflake;

import io.autopulse.domain.quality.InputException;
import io.autopulse.sink.LiveLoad;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import net.snowflake.ingest.connection.HistoryResponse;
import net.snowflake.ingest.connection.IngestStatus;

/** Sees what Snowpipe loads into the tables of live jobs, and which files it could not load. */
public final class PipeWatch {
  private final Map<PipeTable, SnowflakePipe> pipes = new EnumMap<>(PipeTable.class);
  private final Map<PipeTable, String> marks = new EnumMap<>(PipeTable.class);
  private final String folder;
  private final Consumer<String> progress;

  private PipeWatch(SnowflakeSettings settings, String folder, Consumer<String> progress) {
    for (PipeTable table : PipeTable.values()) {
      pipes.put(table, settings.pipe(table));
    }
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Watches the files of a run.
   *
   * @param progress told of files that were not loaded
   */
  public static PipeWatch ofRun(
      SnowflakeSettings settings, String runId, Consumer<String> progress) {
    return new PipeWatch(settings, runId + "/", progress);
  }

  /** Watches the files of all runs. */
  public static PipeWatch ofAll(SnowflakeSettings settings, Consumer<String> progress) {
    return new PipeWatch(settings, "", progress);
  }

  /**
   * Returns what was loaded since the last look, or in the ten minutes before the first.
   *
   * @return {@code versions} and {@code panes} are rows, some of them perhaps loaded before; {@code
   *     quarantined} are files that were not loaded
   */
  public LiveLoad look() {
    LiveLoad load = LiveLoad.NOTHING;
    for (PipeTable table : PipeTable.values()) {
      load = load.and(look(table));
    }
    return load;
  }

  private LiveLoad look(PipeTable table) {
    HistoryResponse report;
    try {
      SnowflakePipe pipe = pipes.get(table);
      if (pipe == null) {
        throw new IllegalStateException("no pipe of " + table);
      }
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
    return switch (table) {
      case SALE_VERSIONS_LIVE -> load(files, failed, rows, 0, 0);
      case SALES_KPI_LIVE -> load(files, failed, 0, rows, 0);
      case REJECTED_RECORDS_LIVE -> load(files, failed, 0, 0, rows);
    };
  }

  private static LiveLoad load(int files, int failed, long versions, long panes, long rejected) {
    return new LiveLoad(
        files,
        versions,
        0,
        panes,
        rejected == 0 ? Map.of() : Map.of("records", rejected),
        failed,
        0,
        Optional.empty());
  }
}
