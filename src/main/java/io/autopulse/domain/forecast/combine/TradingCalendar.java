package io.autopulse.domain.forecast.combine;

import io.autopulse.domain.calendar.CalendarEffect;
import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.Series;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Takes the number of selling days out of a panel before it is forecast, and puts that of the
 * future into its forecasts. How much sales change with the days is estimated from the total of the
 * panel as it was known, and applied only where it is clear of its error.
 */
final class TradingCalendar {
  private final SellingDays days;
  private final CalendarEffect effect;

  private TradingCalendar(SellingDays days, CalendarEffect effect) {
    this.days = days;
    this.effect = effect;
  }

  /**
   * Estimates the effect from a panel.
   *
   * @param days the selling days of the country that all its series are of
   * @param panel the series as they are known
   */
  static TradingCalendar of(SellingDays days, List<Series> panel) {
    if (panel.isEmpty()) {
      return new TradingCalendar(days, CalendarEffect.NONE);
    }
    Series first = panel.get(0);
    NavigableMap<LocalDate, double[]> total = new TreeMap<>();
    int most = 0;
    for (Series series : panel) {
      for (int t = 0; t < series.length(); t++) {
        double[] sum = total.computeIfAbsent(series.day(t), day -> new double[2]);
        sum[0] += series.values()[t];
        most = Math.max(most, (int) ++sum[1]);
      }
    }
    // Periods that not all series have would look like a change of trade.
    int all = most;
    total.values().removeIf(sum -> sum[1] < all);
    double[] values = total.values().stream().mapToDouble(sum -> sum[0]).toArray();
    CalendarEffect effect =
        isRegular(total, first.step())
            ? CalendarEffect.estimate(
                values, days.of(total.firstKey(), first.step(), values.length), first.season())
            : CalendarEffect.NONE;
    return new TradingCalendar(days, effect);
  }

  private static boolean isRegular(NavigableMap<LocalDate, double[]> total, Step step) {
    return step.plus(total.firstKey(), total.size() - 1L).equals(total.lastKey());
  }

  /** Returns a series without the effect. */
  Series adjust(Series series) {
    if (!effect.applies()) {
      return series;
    }
    double[] factors = effect.factors(days.of(series.start(), series.step(), series.length()));
    double[] adjusted = series.values().clone();
    for (int t = 0; t < adjusted.length; t++) {
      adjusted[t] /= factors[t];
    }
    return series.withValues(adjusted);
  }

  /** Returns by what the forecasts of the periods after a series are to be multiplied. */
  double[] future(Series series, int horizon) {
    return effect.factors(days.of(series.day(series.length()), series.step(), horizon));
  }
}
