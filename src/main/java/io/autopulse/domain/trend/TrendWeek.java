package io.autopulse.domain.trend;

import java.time.LocalDate;

/** ISO 8601 weeks as numbers, so that they can be counted: week 0 begins on Monday 1970-01-05. */
public final class TrendWeek {
  private static final int FIRST_MONDAY = 4;
  private static final int DAYS = 7;

  private TrendWeek() {}

  /** Returns the week of a business date, in days since 1970-01-01. */
  public static int of(int epochDay) {
    return Math.floorDiv(epochDay - FIRST_MONDAY, DAYS);
  }

  /** Returns the week of a business date. */
  public static int of(LocalDate date) {
    return of((int) date.toEpochDay());
  }

  /** Returns the last week that is over when a business date begins. */
  public static int lastClosed(LocalDate today) {
    return of(today) - 1;
  }

  /** Returns a week's Monday, in days since 1970-01-01. */
  static int firstDay(int week) {
    return week * DAYS + FIRST_MONDAY;
  }

  /** Returns a week's Sunday, in days since 1970-01-01. */
  static int lastDay(int week) {
    return firstDay(week) + DAYS - 1;
  }

  /** Returns a week's Monday. */
  public static LocalDate start(int week) {
    return LocalDate.ofEpochDay(firstDay(week));
  }
}
