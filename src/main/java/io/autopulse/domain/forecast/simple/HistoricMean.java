package io.autopulse.domain.forecast.simple;

import io.autopulse.domain.forecast.Method;
import java.util.Arrays;

/**
 * Forecasts the mean of all values (Hyndman, Athanasopoulos, <i>Forecasting: Principles and
 * Practice</i>, 3rd ed., 5.2). An empty history is forecast as 0.
 */
public final class HistoricMean implements Method {
  @Override
  public String name() {
    return "historic_mean";
  }

  @Override
  public double[] forecast(double[] history, int season, int horizon) {
    double sum = 0;
    for (double value : history) {
      sum += value / history.length; // values may be as large as a double holds
    }
    double[] mean = new double[horizon];
    Arrays.fill(mean, sum);
    return mean;
  }
}
