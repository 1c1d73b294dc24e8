package io.autopulse.domain.forecast.life;

/**
 * How far sales may be from a mean.
 *
 * @param added units that are added to both before their ratio is taken: of small numbers alone a
 *     ratio says little
 * @param ratios what the bounds lower 95, lower 80, upper 80, upper 95 are of the mean: the lower
 *     ones at most 1, the upper ones at least
 */
@SuppressWarnings("ArrayRecordComponent") // read in place
record Spread(double added, double[] ratios) {
  /** Where too few siblings are known to measure it. */
  static final Spread OF_FEW = new Spread(0, new double[] {0, 1.0 / 3, 2, 4});

  /**
   * Returns a bound.
   *
   * @param which its place among the ratios
   */
  double bound(int which, double mean) {
    return Math.max(0, (mean + added) * ratios[which] - added);
  }
}
