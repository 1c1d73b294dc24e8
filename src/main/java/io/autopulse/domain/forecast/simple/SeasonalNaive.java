package io.autopulse.domain.forecast.simple;

import io.autopulse.domain.forecast.Method;

/**
 * Carries the last season forward (Hyndman, Athanasopoulos, <i>Forecasting: Principles and
 * Practice</i>, 3rd ed., 5.2). A history of less than a season is forecast by {@link Naive}.
 */
public final class SeasonalNaive implements Method {
  private static final Naive NAIVE = new Naive();

  @Override
  public String name() {
    return "seasonal_naive";
  }

  @Override
  public double[] forecast(double[] history, int season, int horizon) {
    if (history.length < season) {
      return NAIVE.forecast(history, season, horizon);
    }
    double[] mean = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      mean[h] = history[history.length - season + h % season];
    }
    return mean;
  }
}
