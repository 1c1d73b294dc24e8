package io.autopulse.domain.forecast.simple;

import io.autopulse.domain.forecast.Method;

/**
 * Extends the line from the first value to the last one (random walk with drift; Hyndman,
 * Athanasopoulos, <i>Forecasting: Principles and Practice</i>, 3rd ed., 5.2). Fewer than two values
 * are forecast by {@link Naive}; so is a period for which the line exceeds what a double holds.
 */
public final class Drift implements Method {
  private static final Naive NAIVE = new Naive();

  @Override
  public String name() {
    return "drift";
  }

  @Override
  public double[] forecast(double[] history, int season, int horizon) {
    double[] mean = NAIVE.forecast(history, season, horizon);
    int steps = history.length - 1;
    if (steps < 1) {
      return mean;
    }
    double last = history[steps];
    double slope = last / steps - history[0] / steps;
    for (int h = 0; h < horizon; h++) {
      double value = last + slope * (h + 1);
      mean[h] = Double.isFinite(value) ? value : last;
    }
    return mean;
  }
}
