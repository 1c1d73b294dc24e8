package io.autopulse.domain.forecast.season;

/**
 * Seasonal indices of a series, 1 on average.
 *
 * @param byPhase how much a period sells by the level of the season around it, by its phase
 * @param phase of the first period of the series
 */
@SuppressWarnings("ArrayRecordComponent") // read in place, never compared
public record SeasonIndices(double[] byPhase, int phase) {
  private static final double SMALL = .25;

  private double of(int index) {
    return byPhase[(phase + index) % byPhase.length];
  }

  /**
   * Returns the series without its season. Where an index is small, little is sold and the quotient
   * is mostly chance: in the months before new plates, one sale more or less would be ten. Such
   * values count less the smaller the index is; the rest is the level of the season up to them.
   *
   * @param values the series
   */
  public double[] adjust(double[] values) {
    double[] adjusted = new double[values.length];
    int season = byPhase.length;
    double sold = 0;
    double weights = 0;
    for (int i = 0; i < Math.min(season, values.length); i++) {
      sold += values[i];
      weights += of(i);
    }
    for (int i = 0; i < values.length; i++) {
      if (i >= season) {
        sold += values[i] - values[i - season];
      }
      double trust = Math.min(1, of(i) / SMALL);
      double level = weights > 0 ? sold / weights : 0;
      adjusted[i] = trust < 1 ? (1 - trust) * level + values[i] / SMALL : values[i] / of(i);
    }
    return adjusted;
  }

  /**
   * Gives forecasts of the adjusted series their season.
   *
   * @param adjusted the forecasts
   * @param length how many periods the series has
   */
  public double[] season(double[] adjusted, int length) {
    double[] seasonal = new double[adjusted.length];
    for (int h = 0; h < adjusted.length; h++) {
      seasonal[h] = adjusted[h] * of(length + h);
    }
    return seasonal;
  }
}
