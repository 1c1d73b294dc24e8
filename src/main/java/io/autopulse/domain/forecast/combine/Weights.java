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
   * @param errors the mean absolute error of each method; NaN for one that did not forecast, which
   *     has a NaN again
   */
  static double[] relative(double[] errors) {
    int n = 0;
    for (double error : errors) {
      n += Double.isNaN(error) ? 0 : 1;
    }
    double mean = 0;
    for (double error : errors) {
      mean += Double.isNaN(error) ? 0 : error / n;
    }
    double[] logs = new double[errors.length];
    double logMean = 0;
    for (int m = 0; m < errors.length; m++) {
      if (Double.isNaN(errors[m])) {
        logs[m] = Double.NaN;
      } else {
        logs[m] = mean > 0 ? Math.log(errors[m] / mean + FLOOR) : 0;
        logMean += logs[m] / n;
      }
    }
    for (int m = 0; m < errors.length; m++) {
      logs[m] -= logMean;
    }
    return logs;
  }

  /**
   * Returns the weights of a series; they sum to 1. A method that does not forecast has none, and
   * so has one of which nothing is known while something is known of others.
   *
   * @param own the relative errors of its own windows; NaN where a method forecast none of them
   * @param windows how many windows that were
   * @param pooled the relative errors of its siblings; NaN alike
   * @param forecasts what is to be weighed, by method; without values where one does not forecast
   */
  double[] of(double[] own, double windows, double[] pooled, double[][] forecasts) {
    double share = windows / (windows + trust);
    double[] errors = pooled.clone();
    boolean known = false;
    for (int m = 0; m < errors.length; m++) {
      if (forecasts[m].length == 0) {
        errors[m] = Double.POSITIVE_INFINITY;
      } else if (windows > 0 && !Double.isNaN(own[m])) {
        errors[m] = share * own[m] + (1 - share) * pooled[m];
      }
      known |= Double.isFinite(errors[m]);
    }
    for (int m = 0; m < errors.length; m++) {
      errors[m] = !Double.isNaN(errors[m]) ? errors[m] : known ? Double.POSITIVE_INFINITY : 0;
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

  /**
   * Returns the weighted mean of forecasts, by period.
   *
   * @param forecasts by method; those without a weight may have no values
   * @param horizon how many periods there are
   */
  static double[] mix(double[][] forecasts, double[] weights, int horizon) {
    double[] mean = new double[horizon];
    for (int m = 0; m < weights.length; m++) {
      for (int h = 0; h < horizon && weights[m] > 0; h++) {
        mean[h] += weights[m] * forecasts[m][h];
      }
    }
    return mean;
  }
}
