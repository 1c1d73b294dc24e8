package io.autopulse.domain.forecast.combine;

import io.autopulse.domain.forecast.GlobalMethod;
import io.autopulse.domain.forecast.Series;
import java.util.Arrays;
import java.util.List;

/**
 * Forecasts from the last seasons alone: what happened long ago, such as a lockdown, no longer
 * shapes the season, and a season that changes is seen as it is.
 */
public final class RecentSeasons implements GlobalMethod {
  private final GlobalMethod method;
  private final int seasons;

  /**
   * Makes the method.
   *
   * @param method forecasts what is left
   * @param seasons how many seasons are left, at least 2
   */
  public RecentSeasons(GlobalMethod method, int seasons) {
    if (seasons < 2) {
      throw new IllegalArgumentException("a season is seen in at least 2 of them, not " + seasons);
    }
    this.method = method;
    this.seasons = seasons;
  }

  @Override
  public String name() {
    return method.name() + "_last_" + seasons + "_seasons";
  }

  @Override
  public double[][] forecast(List<Series> panel, int horizon) {
    return method.forecast(panel.stream().map(this::recent).toList(), horizon);
  }

  private Series recent(Series series) {
    int first = series.length() - seasons * series.season();
    return series.season() < 2 || first <= 0
        ? series
        : new Series(
            series.key(),
            series.step(),
            series.day(first),
            series.season(),
            Arrays.copyOfRange(series.values(), first, series.length()));
  }
}
