package io.autopulse.domain.forecast;

import java.util.List;

/**
 * A forecasting method that learns from all series of a panel at once. The same panel gives the
 * same forecasts, whatever the order of its series.
 */
public interface GlobalMethod {
  /** Returns its short name, as it is published. */
  String name();

  /**
   * Forecasts the periods that follow each series.
   *
   * @param panel the series; each ends where it ends
   * @param horizon how many periods are forecast, at least 1
   * @return for each series, in their order, {@code horizon} finite values
   */
  double[][] forecast(List<Series> panel, int horizon);
}
