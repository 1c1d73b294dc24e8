package io.autopulse.domain.forecast.combine;

import io.autopulse.domain.forecast.GlobalMethod;
import io.autopulse.domain.forecast.Method;
import io.autopulse.domain.forecast.Series;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Forecasts each series without its season by another method and gives it back its season: half of
 * it what the series itself shows, half what all series of the panel show together. A season of few
 * years is mostly noise in one series and clear in many.
 */
public final class PooledSeason implements GlobalMethod {
  private final Method method;
  private final double own;

  /**
   * Makes the method.
   *
   * @param method forecasts what is left without the season
   * @param own how much the series' own season counts, 0 to 1
   */
  public PooledSeason(Method method, double own) {
    this.method = method;
    this.own = own;
  }

  @Override
  public String name() {
    return "pooled_season_" + Math.round(100 * own) + "_" + method.name();
  }

  @Override
  public double[][] forecast(List<Series> panel, int horizon) {
    List<SeasonIndices> indices = SeasonIndices.blended(panel, own);
    return IntStream.range(0, panel.size())
        .parallel()
        .mapToObj(i -> forecast(panel.get(i), indices.get(i), horizon))
        .toArray(double[][]::new);
  }

  private double[] forecast(Series series, SeasonIndices indices, int horizon) {
    double[] adjusted = series.values().clone();
    for (int t = 0; t < adjusted.length; t++) {
      adjusted[t] /= indices.of(series, t);
    }
    double[] forecast = method.forecast(adjusted, 1, horizon);
    for (int h = 0; h < horizon; h++) {
      forecast[h] *= indices.of(series, series.length() + h);
    }
    return forecast;
  }
}
