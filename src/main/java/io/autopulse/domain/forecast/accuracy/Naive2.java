package io.autopulse.domain.forecast.accuracy;

import java.util.Arrays;

/**
 * The benchmark of the M4 competition: the last value, seasonally adjusted by classical
 * multiplicative decomposition where the autocorrelation at the season is significant at 90 %.
 */
public final class Naive2 {
  private static final double CRITICAL = 1.645;

  private Naive2() {}

  /**
   * Forecasts the periods that follow a history. A history with a value that is not positive has no
   * multiplicative season and is carried forward.
   *
   * @param history the values, oldest first
   * @param season how many periods make a season; 1 for none
   * @param horizon how many periods are forecast
   */
  public static double[] forecast(double[] history, int season, int horizon) {
    double[] forecast = new double[horizon];
    int n = history.length;
    if (n == 0) {
      return forecast;
    }
    if (season <= 1 || !isSeasonal(history, season)) {
      Arrays.fill(forecast, history[n - 1]);
      return forecast;
    }
    double[] indices = indices(history, season);
    double level = history[n - 1] / indices[(n - 1) % season];
    for (int h = 0; h < horizon; h++) {
      forecast[h] = level * indices[(n + h) % season];
    }
    return forecast;
  }

  private static boolean isSeasonal(double[] history, int season) {
    int n = history.length;
    if (n < 3 * season || Arrays.stream(history).anyMatch(value -> value <= 0)) {
      return false;
    }
    double mean = Arrays.stream(history).sum() / n;
    double variance = 0;
    for (double value : history) {
      variance += (value - mean) * (value - mean);
    }
    if (variance == 0) {
      return false;
    }
    double squares = 1;
    double correlation = 0;
    for (int lag = 1; lag <= season; lag++) {
      double sum = 0;
      for (int t = lag; t < n; t++) {
        sum += (history[t] - mean) * (history[t - lag] - mean);
      }
      correlation = sum / variance;
      squares += lag < season ? 2 * correlation * correlation : 0;
    }
    return Math.abs(correlation) > CRITICAL / Math.sqrt(n) * Math.sqrt(squares);
  }

  // Ratios to the centred moving average, averaged by place in the season; their mean is 1.
  private static double[] indices(double[] history, int season) {
    int half = season / 2;
    double[] sums = new double[season];
    int[] counts = new int[season];
    for (int t = half; t + half < history.length; t++) {
      double average = 0;
      for (int k = -half; k <= half; k++) {
        double weight = season % 2 == 0 && Math.abs(k) == half ? 0.5 : 1;
        average += weight * history[t + k];
      }
      sums[t % season] += history[t] / (average / season);
      counts[t % season]++;
    }
    double[] indices = new double[season];
    for (int k = 0; k < season; k++) {
      indices[k] = sums[k] / counts[k];
    }
    double mean = Arrays.stream(indices).sum() / season;
    for (int k = 0; k < season; k++) {
      indices[k] /= mean;
    }
    return indices;
  }
}
