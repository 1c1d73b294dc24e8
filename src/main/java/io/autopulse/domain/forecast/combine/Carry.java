package io.autopulse.domain.forecast.combine;

import java.util.Arrays;

/** What a series was, carried forward: the measure of every forecast. */
final class Carry {
  private Carry() {}

  /** Returns the last value for each period of the horizon; 0 without a history. */
  static double[] last(double[] history, int horizon) {
    double[] carried = new double[horizon];
    Arrays.fill(carried, history.length == 0 ? 0 : Math.max(0, history[history.length - 1]));
    return carried;
  }

  /** Returns the last season over and over; the last value where there is no whole season. */
  static double[] season(double[] history, int season, int horizon) {
    if (season <= 1 || history.length < season) {
      return last(history, horizon);
    }
    double[] carried = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      carried[h] = Math.max(0, history[history.length - season + h % season]);
    }
    return carried;
  }
}
