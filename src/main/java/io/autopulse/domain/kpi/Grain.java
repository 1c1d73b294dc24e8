package io.autopulse.domain.kpi;

import io.autopulse.domain.sale.BusinessInterval;
import java.time.LocalDate;
import java.util.Locale;

/**
 * The calendar windows that KPIs are computed for. {@code toString} is the {@code grain} column's
 * value.
 */
public enum Grain {
  /** An hour of the clock on the wall. */
  HOUR,
  /** A business date. */
  DAY,
  /** An ISO 8601 week, from Monday. */
  WEEK,
  /** A calendar month. */
  MONTH;

  /**
   * Returns the first business date of the window that holds the date; of an hour, its own date.
   */
  public LocalDate windowStart(LocalDate date) {
    return switch (this) {
      case HOUR, DAY -> date;
      case WEEK -> BusinessInterval.weekStart(date);
      case MONTH -> date.withDayOfMonth(1);
    };
  }

  /**
   * Returns the business date after the last of the window that starts at the date; of an hour, the
   * date after its own.
   */
  public LocalDate windowEnd(LocalDate start) {
    return switch (this) {
      case HOUR, DAY -> start.plusDays(1);
      case WEEK -> start.plusWeeks(1);
      case MONTH -> start.plusMonths(1);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
