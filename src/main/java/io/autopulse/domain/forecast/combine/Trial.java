package io.autopulse.domain.forecast.combine;

import io.autopulse.domain.forecast.interval.Past;

/**
 * How the combination of a series did beside the simple forecast that it must beat, in windows that
 * did not choose its weights. The simple forecast is seasonal naive where the series has a season,
 * else naive.
 *
 * @param backtest the windows
 * @param combined what the combination forecast for each
 * @param simple what the simple forecast was for each
 */
@SuppressWarnings("ArrayRecordComponent") // read in place, never compared
record Trial(Backtest backtest, double[][] combined, double[][] simple) {
  private static final double MOST = Math.log(4);

  static Trial of(Backtest backtest, Combination combination) {
    int windows = backtest.windows();
    double[][] combined = new double[windows][];
    double[][] simple = new double[windows][];
    for (int w = 0; w < windows; w++) {
      combined[w] = combination.forecast(backtest, w);
      simple[w] = backtest.isSeasonal() ? backtest.seasonalNaive(w) : backtest.naive(w);
    }
    return new Trial(backtest, combined, simple);
  }

  /**
   * Returns the logarithm of the combination's error as a multiple of the simple forecast's, mean
   * over the windows: below 0 where the combination is better (the average relative MAE of
   * Davydenko and Fildes, 2013). A window says at most that one has four times the error.
   */
  double ratio() {
    double sum = 0;
    double weights = 0;
    for (int w = 0; w < combined.length; w++) {
      double error = backtest.kind().error(backtest.actual(w), combined[w]);
      double simpleError = backtest.kind().error(backtest.actual(w), simple[w]);
      double ratio = error == simpleError ? 0 : Math.log(error / simpleError);
      sum += Past.weight(w) * Math.max(-MOST, Math.min(MOST, ratio));
      weights += Past.weight(w);
    }
    return sum / weights;
  }
}
