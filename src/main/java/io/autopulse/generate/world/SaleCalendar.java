package io.autopulse.generate.world;

import io.autopulse.domain.sale.BusinessInterval;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * When vehicles are sold: a growing market with a yearly and a weekly season, in the business hours
 * of a time zone.
 */
public final class SaleCalendar {
  private static final double[] BY_MONTH = {
    0.93, 0.90, 1.22, 1.00, 0.98, 1.20, 0.94, 0.68, 1.10, 1.03, 1.00, 1.09
  };
  private static final double[] BY_WEEKDAY = {0.95, 1.0, 1.05, 1.0, 1.2, 1.65, 0.15};
  private static final double GROWTH_A_YEAR = 0.03;
  private static final int OPEN = 9 * 3600;
  private static final int HOURS_OPEN = 10 * 3600;

  private final long firstDay;
  private final double[] cumulated;
  private final long[] dayStart;
  private final int[] monthOfDay;

  /**
   * Makes the calendar of a period.
   *
   * @param period the business dates
   * @param timezone the zone that they are dates of
   */
  SaleCalendar(BusinessInterval period, ZoneId timezone) {
    firstDay = period.from().toEpochDay();
    int days = Math.toIntExact(period.to().toEpochDay() - firstDay);
    cumulated = new double[days];
    dayStart = new long[days + 1];
    monthOfDay = new int[days];
    double sum = 0;
    for (int i = 0; i <= days; i++) {
      LocalDate date = period.from().plusDays(i);
      dayStart[i] = date.atStartOfDay(timezone).toEpochSecond();
      if (i < days) {
        sum += weight(date, i / 365.25);
        cumulated[i] = sum;
        monthOfDay[i] = monthNumber(date) - monthNumber(period.from());
      }
    }
    for (int i = 0; i < days; i++) {
      cumulated[i] /= sum;
    }
  }

  /** Returns the number of days. */
  public int days() {
    return cumulated.length;
  }

  /** Returns the date of a day, counted from 0. */
  public LocalDate date(int day) {
    return LocalDate.ofEpochDay(firstDay + day);
  }

  /** Returns the number of calendar months that the period touches. */
  public int months() {
    return month(days() - 1) + 1;
  }

  /** Returns the month of the day, the period's first month being 0. */
  public int month(int day) {
    return monthOfDay[day];
  }

  /** Returns the day that lies at the share (0 to 1, exclusive) of all sales in order of time. */
  int dayAt(double share) {
    int found = Arrays.binarySearch(cumulated, share);
    return Math.min(found < 0 ? -found - 1 : found + 1, days() - 1);
  }

  /** Returns the share of all sales that is over at the instant, from 0 to 1. */
  public double shareBefore(long epochSecond) {
    int found = Arrays.binarySearch(dayStart, epochSecond);
    int day = found < 0 ? -found - 2 : found;
    if (day < 0) {
      return 0;
    }
    if (day >= days()) {
      return 1;
    }
    double within = (epochSecond - dayStart[day]) / (double) (dayStart[day + 1] - dayStart[day]);
    double before = day == 0 ? 0 : cumulated[day - 1];
    return before + within * (cumulated[day] - before);
  }

  /**
   * Returns the first second of the day on which the share of all sales is reached; after the
   * period for 1.
   */
  public long secondAt(double share) {
    return share >= 1 ? dayStart[days()] : dayStart[dayAt(share)];
  }

  /**
   * Returns an instant of the day (epoch seconds) when people buy: in opening hours, or online at
   * any hour.
   */
  long instant(int day, boolean online, SplittableRandom random) {
    int second =
        online
            ? random.nextInt(86_400)
            : OPEN + (int) ((random.nextDouble() + random.nextDouble()) / 2 * HOURS_OPEN);
    // The day on which clocks go forward is an hour short.
    return Math.min(dayStart[day] + second, dayStart[day + 1] - 1);
  }

  private static double weight(LocalDate date, double years) {
    int monthLength = YearMonth.from(date).lengthOfMonth();
    double monthEnd = date.getDayOfMonth() > monthLength - 3 ? 1.3 : 1;
    return BY_MONTH[date.getMonthValue() - 1]
        * BY_WEEKDAY[date.getDayOfWeek().getValue() - 1]
        * monthEnd
        * StrictMath.pow(1 + GROWTH_A_YEAR, years);
  }

  private static int monthNumber(LocalDate date) {
    return date.getYear() * 12 + date.getMonthValue() - 1;
  }
}
