package io.autopulse.domain.forecast.smoothing;

/**
 * Sees a season where statsforecast's Theta sees one: where values one season apart are correlated
 * with 90 % confidence, as in the M competitions (Fiorucci et al. 2016). It misses seasons of
 * series with a trend or with slow changes: these raise all correlations, and with them the bar.
 */
final class ReferenceSeasonality implements SeasonalityTest {
  private static final double CONFIDENCE = 1.6448536269514722;
  private static final int SHORTEST_SEASON = 4;

  @Override
  public boolean seasonal(double[] history, int season) {
    if (season < SHORTEST_SEASON || history.length < 2 * season) {
      return false;
    }
    double mean = 0;
    for (double value : history) {
      mean += value / history.length;
    }
    double variance = product(history, mean, 0);
    double squares = 0;
    for (int lag = 1; lag < season; lag++) {
      double correlation = product(history, mean, lag) / variance;
      squares += correlation * correlation;
    }
    double deviation = Math.sqrt((1 + 2 * squares) / history.length);
    return Math.abs(product(history, mean, season) / variance) / deviation > CONFIDENCE;
  }

  private static double product(double[] values, double mean, int lag) {
    double sum = 0;
    for (int i = lag; i < values.length; i++) {
      sum += (values[i] - mean) * (values[i - lag] - mean);
    }
    return sum;
  }
}
