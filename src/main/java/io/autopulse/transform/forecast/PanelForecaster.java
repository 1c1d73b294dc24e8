package io.autopulse.transform.forecast;

import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import java.io.Serializable;
import java.util.List;

/** Forecasts the series of a panel together: each may learn from its siblings. */
@FunctionalInterface
public interface PanelForecaster extends Serializable {
  /**
   * Forecasts the periods that follow.
   *
   * @param panel all series of a dimension, sorted by key
   * @param horizon how many periods
   * @return one forecast a series, in their order
   */
  List<MemberForecast> forecast(List<Series> panel, int horizon);
}
