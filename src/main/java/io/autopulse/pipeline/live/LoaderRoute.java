package io.autopulse.pipeline.live;

import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.flink.LiveJob;
import io.autopulse.sink.live.LiveFolder;
import io.autopulse.sink.live.LiveLoad;
import io.autopulse.sink.live.LiveRuns;
import io.autopulse.sink.live.LiveSink;
import io.autopulse.sink.live.LiveState;
import io.autopulse.sink.live.LiveTable;
import io.autopulse.sink.live.files.LiveFolderSink;
import io.autopulse.sink.live.files.LiveLoader;
import io.autopulse.warehouse.runs.RunStart;
import io.autopulse.warehouse.serving.LivePublisher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/**
 * The way into a DuckDB file, which one process at a time may write: the job drops files, a loader
 * loads them.
 */
public final class LoaderRoute implements LiveRoute {
  private final Path database;
  private final LiveFolder folder;
  private final Set<LiveTable> tables;
  private final ZoneId zone;
  private final String currency;
  private final Clock clock;
  private final FollowListener listener;

  /**
   * Makes the route of a job whose files this process loads.
   *
   * @param zone of business dates
   */
  public LoaderRoute(
      Path database,
      LiveFolder folder,
      Set<LiveTable> tables,
      ZoneId zone,
      String currency,
      Clock clock,
      FollowListener listener) {
    this.database = database;
    this.folder = folder;
    this.tables = tables;
    this.zone = zone;
    this.currency = currency;
    this.clock = clock;
    this.listener = listener;
  }

  @Override
  public LiveFolder folder() {
    return folder;
  }

  @Override
  public void prepare() {
    folder.create();
  }

  @Override
  public LiveSink sink(String runId) {
    return new LiveFolderSink(folder);
  }

  @Override
  public Started start(RunStart run, LiveStart begin) {
    LiveLoader loader = loader(run);
    loader.start(
        warehouse -> new LiveRuns(warehouse, clock).start(run, tables, begin.state(), false));
    Started started = following(loader, run);
    if (begin.state().anew()) {
      try {
        loader.loadAllThen(warehouse -> begin.begin(warehouse, listener::stage));
      } catch (RuntimeException e) {
        started.fail(InputException.reason(e));
        throw e;
      }
    }
    return started;
  }

  private LiveLoader loader(RunStart run) {
    return new LiveLoader(database, folder, run, currency, clock, listener::stage);
  }

  private Started following(LiveLoader loader, RunStart run) {
    return new Started() {
      @Override
      public LiveLoad follow(StopRequest stop, LiveJob job) {
        return new FollowRun(loader, listener(run)).run(stop, job);
      }

      @Override
      public void fail(String message) {
        loader.fail(message);
      }
    };
  }

  /** Of sales, dashboards see what is loaded. */
  private FollowListener listener(RunStart run) {
    return tables.contains(LiveTable.PANES)
        ? new DashboardListener(
            listener,
            new LivePublisher(
                database, run.job(), run.runId(), zone, currency, clock, listener::stage))
        : listener;
  }

  @Override
  public Submitted startElsewhere(RunStart run, LiveStart begin) {
    // The loader's machine may be another one, whose file is not seen from here.
    if (Files.exists(database)) {
      LiveLoader loader = loader(run);
      loader.start(
          warehouse -> new LiveRuns(warehouse, clock).check(run.job(), tables, begin.state()));
      if (begin.state().anew()) {
        loader.loadAllThen(warehouse -> begin.begin(warehouse, listener::stage));
      }
    }
    return Submitted.UNLOGGED;
  }

  @Override
  public Started join(RunStart run, Optional<LiveState> state) {
    LiveLoader loader = loader(run);
    if (state.isPresent()) {
      loader.start(
          warehouse ->
              new LiveRuns(warehouse, clock).start(run, tables, state.orElseThrow(), true));
    } else {
      loader.start();
    }
    return following(loader, run);
  }
}
