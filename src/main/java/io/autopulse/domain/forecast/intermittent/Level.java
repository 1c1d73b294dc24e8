package io.autopulse.domain.forecast.intermittent;

/** Simple exponential smoothing that starts at the first value, as statsforecast has it. */
final class Level {
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
}
