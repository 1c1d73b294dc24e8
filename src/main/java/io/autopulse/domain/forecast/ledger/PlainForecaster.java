package io.autopulse.domain.forecast.ledger;

import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The plainest forecast: what was sold in the same periods of the last season. Forecasts of members
 * add up to that of their total, because sums of last seasons are last seasons of sums. Intervals
 * are as wide as the changes from season to season were.
 */
public final class PlainForecaster {
  private PlainForecaster() {}

  /** Forecasts each series of a panel alone. */
  public static List<MemberForecast> forecast(List<Series> panel, int horizon) {
    return panel.stream().map(series -> forecast(series, horizon)).toList();
  }

  private static MemberForecast forecast(Series series, int horizon) {
    double[] values = series.values();
    int season = series.season();
    double[] last = new double[horizon];
    double[] naive = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      int index = values.length - season + h % season;
      last[h] = index >= 0 && values.length > 0 ? values[index] : 0;
      naive[h] = values.length == 0 ? 0 : values[values.length - 1];
    }
    List<Double> changes = new ArrayList<>();
    int lag = values.length > season ? season : 1;
    for (int i = lag; i < values.length; i++) {
      changes.add(Math.abs(values[i] - values[i - lag]));
    }
    double[] sorted = changes.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new MemberForecast(
        series.key(),
        LedgerRow.SEASONAL_NAIVE,
        "",
        last,
        moved(last, -quantile(sorted, 0.8)),
        moved(last, quantile(sorted, 0.8)),
        moved(last, -quantile(sorted, 0.95)),
        moved(last, quantile(sorted, 0.95)),
        naive,
        last);
  }

  private static double quantile(double[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[Math.min(sorted.length - 1, (int) Math.ceil(share * sorted.length) - 1)];
  }

  private static double[] moved(double[] values, double by) {
    return Arrays.stream(values).map(value -> Math.max(0, value + by)).toArray();
  }
}
