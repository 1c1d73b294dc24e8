package io.autopulse.domain.forecast.ledger;

import io.autopulse.domain.forecast.Series;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Makes the series of a dimension from the units that its members sold. A series begins in the
 * period of its first sale and ends with the last complete period; a period without a sale has zero
 * units. The order in which units arrive changes nothing.
 */
public final class Panel {
  private Panel() {}

  /**
   * Returns the series by member, in the order of their names; a member that sold nothing before
   * the first forecast period has none.
   *
   * @param season how many periods make a season
   */
  public static List<Series> of(Iterable<PeriodUnits> units, AsOf asOf, int season) {
    TreeMap<String, TreeMap<LocalDate, Long>> members = new TreeMap<>();
    LocalDate end = asOf.firstForecast();
    for (PeriodUnits sold : units) {
      if (sold.period().isBefore(end)) {
        members
            .computeIfAbsent(sold.member(), name -> new TreeMap<>())
            .merge(sold.period(), sold.units(), Long::sum);
      }
    }
    List<Series> panel = new ArrayList<>();
    members.forEach((member, periods) -> panel.add(series(member, periods, asOf, season)));
    return panel;
  }

  private static Series series(
      String member, NavigableMap<LocalDate, Long> periods, AsOf asOf, int season) {
    LocalDate first = periods.firstKey();
    double[] values = new double[asOf.periods(first, asOf.firstForecast())];
    periods.forEach((period, units) -> values[asOf.periods(first, period)] = units);
    return new Series(member, asOf.step(), first, season, values);
  }
}
