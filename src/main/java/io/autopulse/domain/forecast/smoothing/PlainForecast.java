package io.autopulse.domain.forecast.smoothing;

import java.util.Arrays;

/** What the methods of this package forecast where there is nothing to fit. */
final class PlainForecast {
  private PlainForecast() {}

  /** Returns the mean of a history for every period, 0 if there is none. */
  static double[] mean(double[] history, int horizon) {
    double mean = 0;
    for (double value : history) {
      mean += value / history.length; // a sum of huge values would overflow
    }
    return flat(mean, horizon);
  }

  /** Returns the same value for every period. */
  static double[] flat(double value, int horizon) {
    double[] forecast = new double[horizon];
    Arrays.fill(forecast, value);
    return forecast;
  }

  /** Returns a forecast if all its values are finite, otherwise the mean of the history. */
  static double[] finite(double[] forecast, double[] history) {
    for (double value : forecast) {
      if (!Double.isFinite(value)) {
        return mean(history, forecast.length);
      }
    }
    return forecast;
  }

  /** Whether all values of a history are the same. */
  static boolean constant(double[] history) {
    for (double value : history) {
      if (value != history[0]) {
        return false;
      }
    }
    return true;
  }
}
