package io.autopulse.domain.forecast.season;

/**
 * Measures how much of a series is season and how much is trend (Wang, Smith, Hyndman,
 * <i>Characteristic-Based Clustering for Time Series Data</i>, 2006; the form of Hyndman,
 * Athanasopoulos, <i>Forecasting: Principles and Practice</i>, 3rd ed., 4.3): one minus the
 * variance of the remainder by that of remainder and season, or of remainder and trend. Both lie
 * between 0, for nothing, and 1, for all.
 *
 * @param season the strength of the season
 * @param trend the strength of the trend
 */
public record SeasonStrength(double season, double trend) {
  /** What varies by less than this part of the level is the rounding of doubles. */
  private static final double ROUNDING = 1e-10;

  private static final SeasonStrength NONE = new SeasonStrength(0, 0);

  /**
   * Measures a series; 0 and 0 where it has less than two seasons or does not vary.
   *
   * @param values the series
   * @param period how many periods make a season
   */
  public static SeasonStrength of(double[] values, int period) {
    return period < 2 || values.length < 2 * period ? NONE : of(Stl.of(period).fit(values));
  }

  /**
   * Measures a decomposition; the seasons are taken together.
   *
   * @param parts of a series
   */
  public static SeasonStrength of(Decomposition parts) {
    double[] rest = parts.remainder();
    double[] withSeason = rest.clone();
    for (double[] seasonal : parts.seasonal()) {
      for (int i = 0; i < rest.length; i++) {
        withSeason[i] += seasonal[i];
      }
    }
    double noise = 0;
    for (double level : parts.trend()) {
      noise = Math.max(noise, Math.abs(level) * ROUNDING);
    }
    double left = variance(rest);
    return new SeasonStrength(
        strength(left, variance(withSeason), noise),
        strength(left, variance(parts.adjusted()), noise));
  }

  private static double strength(double left, double all, double noise) {
    double strength = 1 - left / all;
    return all > noise * noise && strength > 0 ? strength : 0;
  }

  private static double variance(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / values.length;
  }
}
