package io.autopulse.operations.job;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ends a job from outside, as when its process is asked to end: the step first, then the job. */
public final class StopSwitch {
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private @Nullable StepProcess current;

  /** Starts a step. */
  @FunctionalInterface
  interface Start {
    /** Returns the process. */
    StepProcess step() throws IOException;
  }

  /** Ends the current step, and lets no further one start. */
  public void stop() throws InterruptedException {
    StepProcess running;
    synchronized (this) {
      stopped.countDown();
      running = current;
    }
    if (running != null) {
      running.stop();
    }
  }

  /** Waits until the job has written what became of it; whether it has. */
  public boolean awaitEnd(Duration patience) throws InterruptedException {
    return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Says that the job has ended. */
  void end() {
    ended.countDown();
  }

  /** Tells whether the job is to end. */
  boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** Sleeps until the time is over or the job is to end; whether it is to end. */
  boolean pause(Duration duration) throws InterruptedException {
    return stopped.await(duration.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Starts a step, unless the job is to end. */
  synchronized Optional<StepProcess> start(Start start) throws IOException {
    if (isStopped()) {
      return Optional.empty();
    }
    StepProcess step = start.step();
    current = step;
    return Optional.of(step);
  }
}
