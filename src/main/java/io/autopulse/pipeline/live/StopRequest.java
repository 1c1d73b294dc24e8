package io.autopulse.pipeline.live;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks a run that has no end of its own to end, such as when the user presses Ctrl-C. One thread
 * runs; any other may ask, once or more often.
 */
public final class StopRequest {
  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private @Nullable Thread waiting;

  /** Asks the run to end. */
  public synchronized void request() {
    requested.countDown();
    if (waiting != null) {
      waiting.interrupt();
    }
  }

  /** Tells whether the run is to end. */
  public boolean requested() {
    return requested.getCount() == 0;
  }

  /** Waits until the run has ended; returns whether it has. */
  public boolean awaitEnd(Duration patience) throws InterruptedException {
    return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Pauses, no longer than until the run is to end; returns whether it is. */
  boolean pause(Duration pause) {
    try {
      return requested.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while pausing", e);
    }
  }

  /**
   * Does work that may wait for others as long as it takes, but is interrupted when the run is to
   * end; nothing if it is to end already.
   */
  void interruptibly(Runnable work) {
    synchronized (this) {
      if (requested()) {
        return;
      }
      waiting = Thread.currentThread();
    }
    try {
      work.run();
    } finally {
      synchronized (this) {
        waiting = null;
        // What woke the thread must not disturb what it still has to do.
        Thread.interrupted();
      }
    }
  }

  /** Says that the run has ended, and told so. */
  public void end() {
    ended.countDown();
  }
}
