package io.autopulse.pipeline.live;

import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.flink.LiveJob;
import io.autopulse.sink.live.LiveFolder;
import io.autopulse.sink.live.LiveLoad;
import io.autopulse.sink.live.LiveRuns;
import io.autopulse.sink.live.LiveSink;
import io.autopulse.sink.live.LiveState;
import io.autopulse.sink.live.LiveTable;
import io.autopulse.sink.live.snowflake.PipeWatch;
import io.autopulse.sink.live.snowflake.SnowflakeLiveSink;
import io.autopulse.warehouse.runs.RunLog;
import io.autopulse.warehouse.runs.RunStart;
import io.autopulse.warehouse.snowflake.SnowflakeWarehouse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The way into Snowflake: the job itself stages files and names them to Snowpipe. */
public final class PipeRoute implements LiveRoute {
  private final SnowflakeWarehouse warehouse;
  private final LiveFolder folder;
  private final Set<LiveTable> tables;
  private final String currency;
  private final Duration flush;
  private final Clock clock;
  private final FollowListener listener;

  /** Makes the route of a job whose rows pipes load. */
  public PipeRoute(
      SnowflakeWarehouse warehouse,
      LiveFolder folder,
      Set<LiveTable> tables,
      String currency,
      Duration flush,
      Clock clock,
      FollowListener listener) {
    this.warehouse = warehouse;
    this.folder = folder;
    this.tables = tables;
    this.currency = currency;
    this.flush = flush;
    this.clock = clock;
    this.listener = listener;
  }

  @Override
  public LiveFolder folder() {
    return folder;
  }

  @Override
  public void prepare() {
    folder.createCheckpoints();
  }

  @Override
  public LiveSink sink(String runId) {
    return pipes(runId);
  }

  private SnowflakeLiveSink pipes(String runId) {
    return SnowflakeLiveSink.of(warehouse.settings(), tables, runId, currency, flush, clock);
  }

  @Override
  public Started start(RunStart run, LiveStart begin) {
    return new Following(
        log(run, begin),
        run.runId(),
        PipeWatch.ofRun(warehouse.settings(), tables, run.runId(), listener::stage));
  }

  @Override
  public Submitted startElsewhere(RunStart run, LiveStart begin) {
    RunLog log = log(run, begin);
    return new Submitted() {
      @Override
      public void done(String job) {
        log.publish(run.runId(), Optional.of("handed over to a Flink cluster as job " + job));
      }

      @Override
      public void fail(String message) {
        log.fail(run.runId(), message);
      }
    };
  }

  @Override
  public Started join(RunStart run, Optional<LiveState> state) {
    pipes(run.runId()).check();
    PipeWatch watch = PipeWatch.ofAll(warehouse.settings(), tables, listener::stage);
    return new Started() {
      @Override
      public LiveLoad follow(StopRequest stop, LiveJob job) {
        return new WatchRun(watch, listener).run(stop, job);
      }

      @Override
      public void fail(String message) {
        // Nothing was logged.
      }
    };
  }

  // A key that Snowpipe refuses, or a pipe that is not there, would otherwise be told by the job's
  // workers only, again and again.
  private RunLog log(RunStart run, LiveStart begin) {
    warehouse.migrate();
    pipes(run.runId()).check();
    new LiveRuns(warehouse, clock).start(run, tables, begin.state(), false);
    RunLog log = new RunLog(warehouse, clock);
    try {
      begin.begin(warehouse, listener::stage);
    } catch (RuntimeException e) {
      log.fail(run.runId(), InputException.reason(e));
      throw e;
    }
    return log;
  }

  /** A run of this process. */
  private final class Following implements Started {
    private final RunLog log;
    private final String runId;
    private final PipeWatch watch;

    Following(RunLog log, String runId, PipeWatch watch) {
      this.log = log;
      this.runId = runId;
      this.watch = watch;
    }

    @Override
    public LiveLoad follow(StopRequest stop, LiveJob job) {
      try {
        LiveLoad total = new WatchRun(watch, listener).run(stop, job);
        log.publish(runId);
        return total;
      } catch (RuntimeException e) {
        try {
          fail(InputException.reason(e));
        } catch (RuntimeException unlogged) {
          // What went wrong first is what the person must see.
          e.addSuppressed(unlogged);
        }
        throw e;
      }
    }

    @Override
    public void fail(String message) {
      log.fail(runId, message);
    }
  }
}
