package io.autopulse.pipeline.live;

import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.flink.LiveJob;
import io.autopulse.sink.live.LiveLoad;
import io.autopulse.sink.live.files.LiveLoader;
import java.time.Duration;
import java.util.Optional;

/**
 * Loads a live job's files as they come until it is asked to stop or the job has ended; then what
 * lies there still. Between two loads the warehouse is closed for longer than those who wait for it
 * pause between their attempts, so that a refresh or a query that waits gets its turn however many
 * files there are.
 */
public final class FollowRun {
  /** Longer than the poll interval of {@link io.autopulse.warehouse.duckdb.DuckDbSettings#RUN}. */
  private static final Duration GAP = Duration.ofMillis(250);

  /** How often files are looked for after that. */
  private static final Duration STEP = Duration.ofMillis(50);

  /** How long records wait for a load that restates something. */
  private static final Duration RECORDS = Duration.ofSeconds(1);

  /** How often the warehouse is looked at though no file waits. */
  private static final Duration LOOK = Duration.ofSeconds(10);

  /** Ctrl-C ends a run within five seconds, whoever holds the warehouse. */
  private static final Duration LAST_PATIENCE = Duration.ofMillis(1500);

  private final LiveLoader loader;
  private final FollowListener listener;
  private LiveLoad total = LiveLoad.NOTHING;

  /**
   * Prepares a run.
   *
   * @param loader started
   */
  FollowRun(LiveLoader loader, FollowListener listener) {
    this.loader = loader;
    this.listener = listener;
  }

  /**
   * Loads until the end, and logs it.
   *
   * @return all loads together; {@code waiting} is what the next start finds
   * @throws RuntimeException why the job failed, or a load
   */
  LiveLoad run(StopRequest stop, LiveJob job) {
    try {
      follow(stop, job);
    } catch (RuntimeException e) {
      job.cancel();
      logFailure(e);
      throw e;
    }
    Optional<RuntimeException> failure = job.failure();
    job.cancel();
    loadTheRest();
    if (failure.isPresent()) {
      logFailure(failure.get());
      throw failure.get();
    }
    logEnd();
    return total;
  }

  private void follow(StopRequest stop, LiveJob job) {
    long ended = System.nanoTime() - LOOK.toNanos();
    while (!stop.requested() && job.runs()) {
      long rest = System.nanoTime() - ended;
      boolean work = rest < RECORDS.toNanos() ? loader.hasRestatements() : loader.hasWork();
      if (work || listener.wantsToLook() || rest >= LOOK.toNanos()) {
        load(stop);
        ended = System.nanoTime();
        stop.pause(GAP);
      } else {
        stop.pause(STEP);
      }
    }
  }

  private void load(StopRequest stop) {
    try {
      stop.interruptibly(() -> add(loader));
    } catch (InputException e) {
      if (!stop.requested()) {
        throw e;
      }
    }
  }

  private void add(LiveLoader by) {
    total = total.and(by.load(listener::loaded));
  }

  private void loadTheRest() {
    LiveLoader hurried = loader.inAHurry(LAST_PATIENCE);
    try {
      do {
        add(hurried);
      } while (total.waiting() > 0);
    } catch (InputException e) {
      listener.stage("the last files wait for the next start: " + e.getMessage());
    }
  }

  // A run whose end could not be logged is found to have none by the next one.
  private void logEnd() {
    try {
      loader.inAHurry(LAST_PATIENCE).end();
    } catch (InputException e) {
      listener.stage("the end of the run is not logged: " + e.getMessage());
    }
  }

  private void logFailure(RuntimeException problem) {
    try {
      loader.inAHurry(LAST_PATIENCE).fail(InputException.reason(problem));
    } catch (RuntimeException e) {
      // What went wrong first is what the person must see.
      problem.addSuppressed(e);
    }
  }
}
