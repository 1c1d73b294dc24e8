package io.autopulse.domain.feed.value;

import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * How far ahead of now a date may lie. A date far ahead is a mistake, of a clock or of a person,
 * and would be counted on a day that nobody looks at. Not safe for use by several threads.
 */
public final class DateHorizon implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How far ahead a date may lie if the manifest says nothing: clocks and time zones differ. */
  public static final Duration DEFAULT = Duration.ofDays(2);

  /** Takes every date: the records were judged when they were published. */
  public static final DateHorizon NONE = asOf(Instant.EPOCH, Duration.ofDays(100_000));

  private final Clock clock;
  private final Duration ahead;
  private long latest = Long.MIN_VALUE;

  /**
   * Makes a horizon.
   *
   * @param clock says what is now; serializable
   * @param ahead how far ahead of it a date may lie
   */
  public DateHorizon(Clock clock, Duration ahead) {
    this.clock = clock;
    this.ahead = ahead;
  }

  /** Returns the horizon of a run that reads everything as of the moment when it started. */
  public static DateHorizon asOf(Instant startedAt, Duration ahead) {
    return new DateHorizon(Clock.fixed(startedAt, ZoneOffset.UTC), ahead);
  }

  /** Tells whether a moment, in microseconds UTC, is further ahead than allowed. */
  public boolean isBeyond(long micros) {
    if (micros <= latest) {
      return false;
    }
    // The clock is asked only by what is later than anything before.
    Instant last = clock.instant().plus(ahead);
    latest = last.getEpochSecond() * 1_000_000 + last.getNano() / 1_000;
    return micros > latest;
  }
}
