package io.autopulse.domain.forecast.interval;

/** The increasing sequence that is nearest to another one: pooling adjacent violators. */
final class Isotonic {
  private Isotonic() {}

  /** Returns the nearest sequence, by least squares, in which no value is below the one before. */
  static double[] increasing(double[] values) {
    int n = values.length;
    double[] means = new double[n];
    int[] sizes = new int[n];
    int blocks = 0;
    for (double value : values) {
      means[blocks] = value;
      sizes[blocks] = 1;
      blocks++;
      while (blocks > 1 && means[blocks - 2] > means[blocks - 1]) {
        int size = sizes[blocks - 2] + sizes[blocks - 1];
        means[blocks - 2] =
            (means[blocks - 2] * sizes[blocks - 2] + means[blocks - 1] * sizes[blocks - 1]) / size;
        sizes[blocks - 2] = size;
        blocks--;
      }
    }
    double[] increasing = new double[n];
    int next = 0;
    for (int b = 0; b < blocks; b++) {
      for (int k = 0; k < sizes[b]; k++) {
        increasing[next++] = means[b];
      }
    }
    return increasing;
  }
}
