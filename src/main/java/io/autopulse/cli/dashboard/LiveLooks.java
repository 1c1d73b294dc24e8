package io.autopulse.cli.dashboard;

import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Looks at what is live when it is time to: once at the start, and then while somebody wants to see
 * it. It is run often, and mostly does nothing.
 */
final class LiveLooks implements Runnable {
  private final Look look;
  private final Duration every;
  private final BooleanSupplier isWanted;
  private final LongSupplier nanos;
  private final Consumer<String> notice;
  private boolean begun;
  private long next;
  private boolean told;

  /** Looks once. */
  interface Look {
    void look() throws IOException;
  }

  /**
   * Makes it.
   *
   * @param every the time between two looks
   * @param isWanted tells whether somebody wants to see it
   * @param nanos a clock that only goes forward, in nanoseconds
   * @param notice told why a look failed, once until one succeeds
   */
  LiveLooks(
      Look look,
      Duration every,
      BooleanSupplier isWanted,
      LongSupplier nanos,
      Consumer<String> notice) {
    this.look = look;
    this.every = every;
    this.isWanted = isWanted;
    this.nanos = nanos;
    this.notice = notice;
  }

  @Override
  public void run() {
    if (begun && (nanos.getAsLong() - next < 0 || !isWanted.getAsBoolean())) {
      return;
    }
    begun = true;
    try {
      look.look();
      told = false;
    } catch (IOException | RuntimeException e) {
      if (!told) {
        told = true;
        notice.accept("the live page stays as it is: " + InputException.reason(e));
      }
    }
    next = nanos.getAsLong() + every.toNanos();
  }
}
