package io.autopulse.domain.forecast.combine;

import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import java.util.List;

/** Forecasts a panel of series by a recipe. Threads may share it. */
public final class Forecaster {
  private final Recipe recipe;

  /**
   * Makes a forecaster.
   *
   * @param recipe what is combined
   */
  public Forecaster(Recipe recipe) {
    this.recipe = recipe;
  }

  /** Returns what is combined. */
  public Recipe recipe() {
    return recipe;
  }

  /**
   * Forecasts the periods that follow each series. The result depends on the panel alone, whatever
   * the number of threads.
   *
   * @param panel the series, with distinct keys, of one step and season; each ends where it ends
   * @param horizon how many periods are forecast, at least 1
   * @return the forecast of each series, in their order
   */
  public List<MemberForecast> forecast(List<Series> panel, int horizon) {
    return panel.stream().map(series -> carried(series, horizon)).toList();
  }

  private static MemberForecast carried(Series series, int horizon) {
    double[] naive = Carry.last(series.values(), horizon);
    double[] seasonal = Carry.season(series.values(), series.season(), horizon);
    return new MemberForecast(
        series.key(),
        "seasonal_naive",
        "",
        seasonal,
        seasonal,
        seasonal,
        seasonal,
        seasonal,
        naive,
        seasonal);
  }
}
