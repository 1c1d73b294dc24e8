package io.autopulse.domain.forecast.season;

/**
 * A series as the sum of a trend, of what repeats with one or more seasons, and of a remainder. All
 * arrays have one value a period of the series.
 *
 * @param periods how many periods make each season, shortest first
 * @param trend the trend
 * @param seasonal what repeats, an array for each season
 * @param remainder what is left
 */
@SuppressWarnings("ArrayRecordComponent") // the parts are read in place, never compared
public record Decomposition(
    int[] periods, double[] trend, double[][] seasonal, double[] remainder) {

  /** Returns the series without what repeats: trend and remainder. */
  public double[] adjusted() {
    double[] adjusted = new double[trend.length];
    for (int i = 0; i < adjusted.length; i++) {
      adjusted[i] = trend[i] + remainder[i];
    }
    return adjusted;
  }

  /**
   * Returns what repeats in the periods that follow: the last season of each, carried forward.
   *
   * @param horizon how many periods
   */
  public double[] following(int horizon) {
    double[] following = new double[horizon];
    for (int s = 0; s < periods.length; s++) {
      int from = trend.length - periods[s];
      for (int h = 0; h < horizon; h++) {
        following[h] += seasonal[s][from + h % periods[s]];
      }
    }
    return following;
  }
}
