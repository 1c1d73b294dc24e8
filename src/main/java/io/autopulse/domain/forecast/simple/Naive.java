package io.autopulse.domain.forecast.simple;

import io.autopulse.domain.forecast.Method;
import java.util.Arrays;

/**
 * Carries the last value forward (Hyndman, Athanasopoulos, <i>Forecasting: Principles and
 * Practice</i>, 3rd ed., 5.2). An empty history is forecast as 0.
 */
public final class Naive implements Method {
  @Override
  public String name() {
    return "naive";
  }

  @Override
  public double[] forecast(double[] history, int season, int horizon) {
    double[] mean = new double[horizon];
    if (history.length > 0) {
      Arrays.fill(mean, history[history.length - 1]);
    }
    return mean;
  }
}
