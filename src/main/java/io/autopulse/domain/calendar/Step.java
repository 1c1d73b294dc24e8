package io.autopulse.domain.calendar;

import java.time.LocalDate;
import java.util.Locale;

/** The length of the periods of a series. */
public enum Step {
  /** Calendar days. */
  DAY,
  /** ISO weeks, which begin on Monday. */
  WEEK,
  /** Calendar months. */
  MONTH,
  /** Quarters of the calendar year. */
  QUARTER,
  /** Calendar years. */
  YEAR,
  /** Periods that are only numbered: no calendar applies. Each counts as one day from the epoch. */
  NUMBERED;

  /**
   * Returns the first day of a period.
   *
   * @param first the first day of period 0
   * @param index how many periods later; may be negative
   */
  public LocalDate plus(LocalDate first, long index) {
    return switch (this) {
      case DAY, NUMBERED -> first.plusDays(index);
      case WEEK -> first.plusWeeks(index);
      case MONTH -> first.plusMonths(index);
      case QUARTER -> first.plusMonths(3 * index);
      case YEAR -> first.plusYears(index);
    };
  }

  /** Returns its name in lower case, as manifests, tables and messages have it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
