package io.autopulse.operations.job;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before an attempt is repeated: twice as long each time, up to a longest, and of
 * that a random part of at least half, so that jobs which failed together do not return together.
 *
 * @param first the wait before the first repetition, at most
 * @param longest no wait is longer
 * @param random gives numbers from 0 to 1
 */
public record BackOff(Duration first, Duration longest, DoubleSupplier random) {
  private static final int MOST_DOUBLINGS = 20;

  /** Returns the wait before the repetition of that number, from 1. */
  public Duration before(int repetition) {
    Duration doubled = first.multipliedBy(1L << Math.min(repetition - 1, MOST_DOUBLINGS));
    Duration most = doubled.compareTo(longest) < 0 ? doubled : longest;
    return Duration.ofMillis((long) (most.toMillis() * (0.5 + random.getAsDouble() / 2)));
  }
}
