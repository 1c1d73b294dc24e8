package io.autopulse.domain.forecast.ledger;

import io.autopulse.domain.calendar.Step;
import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/**
 * The last business date whose knowledge a forecast may use, and what follows from it: the last
 * complete period, and the first one that is forecast.
 *
 * @param day the date; what was recorded until its end is known
 * @param step weeks or months
 */
public record AsOf(LocalDate day, Step step) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Checks the step. */
  public AsOf {
    if (step != Step.WEEK && step != Step.MONTH) {
      throw new IllegalArgumentException("forecasts are of weeks or months, not of " + step);
    }
  }

  /** Returns the first day of the first period that is forecast: the day after the history. */
  public LocalDate firstForecast() {
    return periodOf(day.plusDays(1));
  }

  /** Returns the first day of the period that holds a date. */
  public LocalDate periodOf(LocalDate date) {
    return step == Step.WEEK
        ? date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
        : date.withDayOfMonth(1);
  }

  /**
   * Returns how many periods lie between two first days.
   *
   * @param from the first day of a period
   * @param to the first day of another; negative if it is earlier
   */
  public int periods(LocalDate from, LocalDate to) {
    return Math.toIntExact(
        step == Step.WEEK
            ? ChronoUnit.WEEKS.between(from, to)
            : ChronoUnit.MONTHS.between(from, to));
  }

  /** Returns how many periods make a year. */
  public int season() {
    return step == Step.WEEK ? 52 : 12;
  }
}
