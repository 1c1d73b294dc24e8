package io.autopulse.domain.calendar;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * How much of the end of a month or quarter lies in a period: its last five selling days, when
 * targets are made up for. Both are known of any future period.
 */
public final class PeriodEnds {
  private static final double LAST_DAYS = 5;

  private final SellingDays days;

  /**
   * Makes the ends of a calendar of trade.
   *
   * @param days the selling days
   */
  public PeriodEnds(SellingDays days) {
    this.days = days;
  }

  /**
   * Returns how many month ends lie in a period: 1 for a month, for a week the share of the month's
   * last five selling days that it has, 0 for a numbered period.
   *
   * @param from the first day
   * @param step the length of the period
   */
  public double months(LocalDate from, Step step) {
    return ends(from, step, 1);
  }

  /**
   * Returns how many quarter ends lie in a period: as {@link #months}, of the months March, June,
   * September and December alone.
   *
   * @param from the first day
   * @param step the length of the period
   */
  public double quarters(LocalDate from, Step step) {
    return ends(from, step, 3);
  }

  private double ends(LocalDate from, Step step, int everyMonths) {
    if (step == Step.NUMBERED) {
      return 0;
    }
    double ends = 0;
    LocalDate end = step.plus(from, 1);
    YearMonth last = YearMonth.from(end.minusDays(1));
    for (YearMonth m = YearMonth.from(from); !m.isAfter(last); m = m.plusMonths(1)) {
      if (m.getMonthValue() % everyMonths == 0) {
        ends += share(m, from, end);
      }
    }
    return ends;
  }

  private double share(YearMonth month, LocalDate from, LocalDate end) {
    double all = 0;
    double within = 0;
    for (LocalDate day = month.atEndOfMonth();
        all < LAST_DAYS && day.getMonthValue() == month.getMonthValue();
        day = day.minusDays(1)) {
      double weight = Math.min(days.weight(day), LAST_DAYS - all);
      all += weight;
      if (!day.isBefore(from) && day.isBefore(end)) {
        within += weight;
      }
    }
    return all == 0 ? 0 : within / all;
  }
}
