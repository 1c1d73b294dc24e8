package io.autopulse.domain.forecast.combine;

import java.util.Arrays;

/**
 * Weights of methods from their errors in a backtest.
 *
 * @param power how much a lower error counts: weights are in proportion to {@code 1 / error^power}
 * @param trust how many windows of a series count as much as what its siblings say
 * @param most how many methods, the best ones, have a weight at all
 */
record Weights(double power, double trust, int most) {
  // An error of nothing, as of a constant series, is no reason for all of the weight.
  private static final double FLOOR = 0.02;

  /**
   * Returns the logarithms of errors relative to their mean over the methods.
   *
   * @param errors the mean absolute error of each method
   */
  static double[] relative(double[] errors) {
    int n = errors.length;
    double mean = 0;
    for (double error : errors) {
      mean += error / n;
    }
    double[] logs = new double[n];
    double logMean = 0;
    for (int m = 0; m < n; m++) {
      logs[m] = mean > 0 ? Math.log(errors[m] / mean + FLOOR) : 0;
      logMean += logs[m] / n;
    }
    for (int m = 0; m < n; m++) {
      logs[m] -= logMean;
    }
    return logs;
  }

  /**
   * Returns the weights of a series; they sum to 1.
   *
   * @param own the relative errors of its own windows
   * @param windows how many windows that were
   * @param pooled the relative errors of its siblings
   */
  double[] of(double[] own, double windows, double[] pooled) {
    double share = windows / (windows + trust);
    double[] errors = pooled.clone();
    for (int m = 0; m < errors.length && windows > 0; m++) {
      errors[m] = share * own[m] + (1 - share) * pooled[m];
    }
    double[] sorted = errors.clone();
    Arrays.sort(sorted);
    double largest = sorted[Math.min(most, sorted.length) - 1];
    double[] weights = new double[errors.length];
    double sum = 0;
    for (int m = 0; m < weights.length; m++) {
      weights[m] = errors[m] <= largest ? Math.exp(-power * errors[m]) : 0;
      sum += weights[m];
    }
    for (int m = 0; m < weights.length; m++) {
      weights[m] /= sum;
    }
    return weights;
  }

  /** Returns the weighted mean of forecasts, by period. */
  static double[] mix(double[][] forecasts, double[] weights) {
    double[] mean = new double[forecasts[0].length];
    for (int m = 0; m < weights.length; m++) {
      for (int h = 0; h < mean.length; h++) {
        mean[h] += weights[m] * forecasts[m][h];
      }
    }
    return mean;
  }
}
