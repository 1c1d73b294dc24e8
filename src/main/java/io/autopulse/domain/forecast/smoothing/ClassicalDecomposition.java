package io.autopulse.domain.forecast.smoothing;

/**
 * Takes the season out of a series by moving averages: the trend is a centred average over one
 * season, and the season is the mean of what is left for each of its periods.
 */
final class ClassicalDecomposition {
  private ClassicalDecomposition() {}

  /**
   * Returns one value for each period of the season, the first one for the first period of the
   * series. They add up to 0; of a multiplicative season their mean is 1.
   *
   * @param values the series, at least two seasons; positive if the season is multiplicative
   * @param season how many periods make a season, at least 2
   * @param multiplicative whether the season multiplies the trend instead of adding to it
   */
  static double[] season(double[] values, int season, boolean multiplicative) {
    int half = season / 2;
    double[] sums = new double[season];
    int[] counts = new int[season];
    for (int i = half; i + half < values.length; i++) {
      double trend = average(values, i, season);
      sums[i % season] += multiplicative ? values[i] / trend : values[i] - trend;
      counts[i % season]++;
    }
    double mean = 0;
    for (int j = 0; j < season; j++) {
      sums[j] /= Math.max(1, counts[j]);
      mean += sums[j] / season;
    }
    for (int j = 0; j < season; j++) {
      sums[j] = multiplicative ? sums[j] / mean : sums[j] - mean;
    }
    return sums;
  }

  /** Averages one season around a period; of an even season the two ends count half. */
  private static double average(double[] values, int middle, int season) {
    int half = season / 2;
    double sum = 0;
    for (int i = middle - half; i <= middle + half; i++) {
      sum += values[i];
    }
    if (season % 2 == 0) {
      sum -= 0.5 * (values[middle - half] + values[middle + half]);
    }
    return sum / season;
  }
}
