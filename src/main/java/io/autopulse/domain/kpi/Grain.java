package io.autopulse.domain.kpi;

import io.autopulse.domain.sale.BusinessInterval;
import java.time.LocalDate;
import java.util.Locale;

/**
 * The calendar windows that batch KPIs are computed for. {@code toString} is the {@code grain}
 * column's value.
 */
public enum Grain {
  /** A business date. */
  DAY,
  /** An ISO 8601 week, from Monday. */
  WEEK,
  /** A calendar month. */
  MONTH;

  /** Returns the first business date of the window that holds the date. */
  public LocalDate windowStart(LocalDate date) {
    return switch (this) {
      case DAY -> date;
      case WEEK -> BusinessInterval.weekStart(date);
      case MONTH -> date.withDayOfMonth(1);
    };
  }

  /** Returns the business date after the last of the window that starts at the date. */
  public LocalDate windowEnd(LocalDate start) {
    return switch (this) {
      case DAY -> start.plusDays(1);
      case WEEK -> start.plusWeeks(1);
      case MONTH -> start.plusMonths(1);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
