package io.autopulse.domain.compare;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * The hours of a day as they pass: 24, but 23 of a day whose clocks go forward and 25 of one whose
 * clocks go back.
 *
 * @param day the date
 * @param zone whose clocks
 */
public record DayHours(LocalDate day, ZoneId zone) {
  private static final long SECONDS = 3600;

  /** Minutes of the clock on the wall when a day is over. */
  public static final int END = 24 * 60;

  /** Returns when the day begins. */
  public Instant start() {
    return day.atStartOfDay(zone).toInstant();
  }

  /** Returns how many hours it has; the last one is shorter where clocks change by half an hour. */
  public int count() {
    long seconds = Duration.between(start(), nextStart()).toSeconds();
    return (int) ((seconds + SECONDS - 1) / SECONDS);
  }

  private Instant nextStart() {
    return day.plusDays(1).atStartOfDay(zone).toInstant();
  }

  /** Returns the hour that holds a moment, from 0; the first or last one for moments outside. */
  public int of(Instant moment) {
    long hour = Math.floorDiv(Duration.between(start(), moment).toSeconds(), SECONDS);
    return (int) Math.max(0, Math.min(count() - 1L, hour));
  }

  /** Returns what the clock on the wall shows when an hour begins. */
  public LocalTime from(int hour) {
    return start().plusSeconds(hour * SECONDS).atZone(zone).toLocalTime();
  }

  /** Tells whether the clock shows an hour's beginning for the second time this day. */
  public boolean isRepeated(int hour) {
    return hour > 0 && minute(hour) <= minute(hour - 1);
  }

  /**
   * Returns the minute of the clock on the wall when an hour ends: that of the next one's
   * beginning, {@link #END} for the last.
   */
  public int endMinute(int hour) {
    return hour == count() - 1 ? END : minute(hour + 1);
  }

  /** Returns the minute of the clock on the wall when an hour begins. */
  int minute(int hour) {
    return from(hour).toSecondOfDay() / 60;
  }

  /** Returns how many of its hours are over at a moment. */
  public int over(Instant now) {
    long hours = Math.floorDiv(Duration.between(start(), now).toSeconds(), SECONDS);
    return now.isBefore(nextStart()) ? (int) Math.max(0, Math.min(count(), hours)) : count();
  }
}
