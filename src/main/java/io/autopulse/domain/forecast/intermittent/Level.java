package io.autopulse.domain.forecast.intermittent;

/** Simple exponential smoothing that starts at the first value, as statsforecast has it. */
final class Level {
  private static final double GOLDEN = (Math.sqrt(5) + 1) / 2;
  private static final double LEAST = .1;
  private static final double MOST = .3;

  private Level() {}

  /**
   * Returns the level after the last value.
   *
   * @param values at least one
   * @param alpha the weight of each new value
   */
  static double after(double[] values, double alpha) {
    double level = values[0];
    for (int i = 1; i < values.length; i++) {
      level = alpha * values[i] + (1 - alpha) * level;
    }
    return level;
  }

  /**
   * Returns the level after the last value with the weight between 0.1 and 0.3 that forecasts each
   * value best from those before, found by golden section.
   *
   * @param values at least one
   */
  static double after(double[] values) {
    double low = LEAST;
    double high = MOST;
    double left = high - (high - low) / GOLDEN;
    double right = low + (high - low) / GOLDEN;
    double errorLeft = squaredError(values, left);
    double errorRight = squaredError(values, right);
    while (high - low >= 1e-12 && errorLeft != errorRight) {
      if (errorLeft < errorRight) {
        high = right;
        right = left;
        errorRight = errorLeft;
        left = high - (high - low) / GOLDEN;
        errorLeft = squaredError(values, left);
      } else {
        low = left;
        left = right;
        errorLeft = errorRight;
        right = low + (high - low) / GOLDEN;
        errorRight = squaredError(values, right);
      }
    }
    return after(values, (low + high) / 2);
  }

  private static double squaredError(double[] values, double alpha) {
    double level = values[0];
    double sum = 0;
    for (int i = 1; i < values.length; i++) {
      double error = values[i] - level;
      sum += error * error;
      level += alpha * error;
    }
    return sum;
  }

  /**
   * Returns the level per period of the sums of so many periods; the oldest periods that fill no
   * sum are left out.
   *
   * @param history the values, oldest first
   * @param periods how many make a sum, at most all
   */
  static double perPeriod(double[] history, int periods) {
    double[] sums = new double[history.length / periods];
    int from = history.length % periods;
    for (int i = 0; i < sums.length; i++) {
      for (int j = 0; j < periods; j++) {
        sums[i] += history[from + i * periods + j] / periods;
      }
    }
    return after(sums);
  }
}
