package io.autopulse.domain.forecast.hierarchy;

/**
 * What was forecast for every node in windows of the past, and what came. Both arrays are indexed
 * by window (oldest first), node (as in {@link Hierarchy#nodes}) and period of the horizon; NaN
 * where a node was not forecast in a window. The horizons of windows may differ.
 *
 * @param forecasts base forecasts, units
 * @param actuals what was sold, units
 */
@SuppressWarnings("ArrayRecordComponent") // millions of values are read in place
public record Backtest(double[][][] forecasts, double[][][] actuals) {
  /** Checks that both have the same windows. */
  public Backtest {
    if (forecasts.length != actuals.length) {
      throw new IllegalArgumentException(
          "a backtest has as many windows of forecasts as of actuals: "
              + forecasts.length
              + " and "
              + actuals.length);
    }
  }

  /** Returns a backtest without a window. */
  public static Backtest none() {
    return new Backtest(new double[0][][], new double[0][][]);
  }

  /** Returns how many windows there are. */
  public int windows() {
    return forecasts.length;
  }
}
