package io.autopulse.pipeline.live;

import io.autopulse.pipeline.flink.LiveJob;
import io.autopulse.sink.live.LiveFolder;
import io.autopulse.sink.live.LiveLoad;
import io.autopulse.sink.live.LiveSink;
import io.autopulse.sink.live.LiveState;
import io.autopulse.warehouse.runs.RunStart;
import java.util.Optional;

/** How a live job's rows reach their warehouse. */
public interface LiveRoute {
  /** Returns the folder that the job's checkpoints lie in. */
  LiveFolder folder();

  /** Makes the folders that are absent. */
  void prepare();

  /** Returns what a run's job gives its rows to. */
  LiveSink sink(String runId);

  /**
   * Opens the warehouse for a run of this process, logs it as RUNNING, and gives a new state what
   * it must know of the warehouse.
   *
   * @throws io.autopulse.domain.problem.InputException if the warehouse must be mended first
   */
  Started start(RunStart run, LiveStart begin);

  /**
   * Gets ready for a job that is submitted to a cluster, and goes on without this process; a new
   * state is given what it must know of the warehouse, if it can be reached from here.
   *
   * @throws io.autopulse.domain.problem.InputException if the warehouse must be mended first
   */
  Submitted startElsewhere(RunStart run, LiveStart begin);

  /**
   * Gets ready to follow a job that runs elsewhere.
   *
   * @param state what the job goes on with; empty if it was not submitted yet
   * @throws io.autopulse.domain.problem.InputException if the warehouse must be mended first
   */
  Started join(RunStart run, Optional<LiveState> state);

  /** A run whose rows are on their way. */
  interface Started {
    /**
     * Follows the rows until asked to stop, or the job has ended, and logs the end.
     *
     * @return all that was loaded
     * @throws RuntimeException why the job failed, or the loading
     */
    LiveLoad follow(StopRequest stop, LiveJob job);

    /** Logs that the job could not be started. */
    void fail(String message);
  }

  /** A run that is handed over to a cluster. */
  interface Submitted {
    /** Nothing is logged: whoever loads the rows does it. */
    Submitted UNLOGGED =
        new Submitted() {
          @Override
          public void done(String job) {}

          @Override
          public void fail(String message) {}
        };

    /** Logs that the cluster has the job. */
    void done(String job);

    /** Logs that it has not. */
    void fail(String message);
  }
}
