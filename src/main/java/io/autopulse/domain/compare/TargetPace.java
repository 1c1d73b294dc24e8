package io.autopulse.domain.compare;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.sale.BusinessInterval;
import java.time.LocalDate;
import java.util.Map;
import java.util.OptionalDouble;

/** How much of the targets of months falls on some days: as much as of the selling days. */
public final class TargetPace {
  private TargetPace() {}

  /**
   * Returns the target of some days; empty if one of their months has none.
   *
   * @param targets by the first day of their month
   * @param days any days
   * @param sellingDays the calendar of trade; a month without a selling day counts its dates
   */
  public static OptionalDouble of(
      Map<LocalDate, Long> targets, BusinessInterval days, SellingDays sellingDays) {
    double sum = 0;
    for (LocalDate month = days.from().withDayOfMonth(1);
        month.isBefore(days.to());
        month = month.plusMonths(1)) {
      Long target = targets.get(month);
      if (target == null) {
        return OptionalDouble.empty();
      }
      LocalDate end = month.plusMonths(1);
      LocalDate from = days.from().isAfter(month) ? days.from() : month;
      LocalDate to = days.to().isBefore(end) ? days.to() : end;
      double whole = sellingDays.between(month, end);
      sum +=
          whole > 0
              ? target * sellingDays.between(from, to) / whole
              : target * (double) (to.toEpochDay() - from.toEpochDay()) / month.lengthOfMonth();
    }
    return OptionalDouble.of(sum);
  }
}
