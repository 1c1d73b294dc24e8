package io.autopulse.pipeline.live;

import io.autopulse.pipeline.flink.LiveJob;
import io.autopulse.sink.live.LiveLoad;
import io.autopulse.sink.live.snowflake.PipeWatch;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells what Snowpipe loads of a live job, until it is asked to stop or the job has ended. Snowpipe
 * itself is asked, which costs nothing; a query would keep a virtual warehouse running.
 */
final class WatchRun {
  private static final Duration PERIOD = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final PipeWatch watch;
  private final FollowListener listener;
  private LiveLoad total = LiveLoad.NOTHING;

  WatchRun(PipeWatch watch, FollowListener listener) {
    this.watch = watch;
    this.listener = listener;
  }

  /**
   * Watches until the end.
   *
   * @return all that was loaded meanwhile
   * @throws RuntimeException why the job failed
   */
  LiveLoad run(StopRequest stop, LiveJob job) {
    try {
      while (!stop.requested() && job.runs()) {
        look();
        long until = System.nanoTime() + PERIOD.toNanos();
        while (job.runs() && System.nanoTime() < until && !stop.pause(LOOK)) {
          // The end of the job is noticed soon.
        }
      }
    } catch (RuntimeException e) {
      job.cancel();
      throw e;
    }
    Optional<RuntimeException> failure = job.failure();
    job.cancel();
    look();
    if (failure.isPresent()) {
      throw failure.get();
    }
    return total;
  }

  private void look() {
    LiveLoad load = watch.look();
    total = total.and(load);
    listener.ingested(load);
  }
}
