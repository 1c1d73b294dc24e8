package io.autopulse.domain.compare;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.sale.BusinessInterval;
import java.time.LocalDate;

/**
 * The days that a period's figures are compared with. A period that is not over yet is compared
 * with as much of another one, never with the whole of it.
 *
 * @param period the period
 * @param days its days that have passed
 * @param before as many days of the period before; all of it if the period is over
 * @param yearBefore the days of the period a year before up to the same selling day; all of it if
 *     the period is over
 * @param elapsed the share of the period's selling days that have passed, 0 to 1
 */
public record Comparison(
    Period period,
    BusinessInterval days,
    BusinessInterval before,
    BusinessInterval yearBefore,
    double elapsed) {
  private static final double ROUNDING = 1e-9;

  /**
   * Compares a period.
   *
   * @param lastDay the last day of which sales are known; not before the period
   * @param sellingDays the calendar of trade
   */
  public static Comparison of(Period period, LocalDate lastDay, SellingDays sellingDays) {
    if (lastDay.isBefore(period.start())) {
      throw new IllegalArgumentException(period + " begins after " + lastDay);
    }
    LocalDate end = earlier(period.end(), lastDay.plusDays(1));
    Period before = period.plus(-1);
    Period yearBefore = period.yearBefore();
    if (end.equals(period.end())) {
      return new Comparison(period, period.days(), before.days(), yearBefore.days(), 1);
    }
    long days = end.toEpochDay() - period.start().toEpochDay();
    double passed = sellingDays.between(period.start(), end);
    double all = sellingDays.between(period.start(), period.end());
    return new Comparison(
        period,
        new BusinessInterval(period.start(), end),
        new BusinessInterval(before.start(), earlier(before.end(), before.start().plusDays(days))),
        new BusinessInterval(
            yearBefore.start(),
            sameSellingDay(yearBefore, passed, isOff(end.minusDays(1), sellingDays), sellingDays)),
        all == 0 ? 1 : passed / all);
  }

  /** Returns the day after the one on which as many selling days have passed. */
  private static LocalDate sameSellingDay(
      Period period, double passed, boolean endsOff, SellingDays sellingDays) {
    LocalDate day = period.start();
    double count = 0;
    while (day.isBefore(period.end()) && count < passed - ROUNDING) {
      count += sellingDays.between(day, day.plusDays(1));
      day = day.plusDays(1);
    }
    // Sunday's sales are compared with Sunday's, though neither is a selling day.
    while (endsOff && day.isBefore(period.end()) && isOff(day, sellingDays)) {
      day = day.plusDays(1);
    }
    return later(day, period.start().plusDays(1));
  }

  private static boolean isOff(LocalDate day, SellingDays sellingDays) {
    return sellingDays.between(day, day.plusDays(1)) == 0;
  }

  private static LocalDate earlier(LocalDate a, LocalDate b) {
    return a.isBefore(b) ? a : b;
  }

  private static LocalDate later(LocalDate a, LocalDate b) {
    return a.isAfter(b) ? a : b;
  }
}
