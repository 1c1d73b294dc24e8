package io.autopulse.domain.forecast.intermittent;

/**
 * How often and how evenly something is sold (Syntetos, Boylan, Croston, <i>On the categorization
 * of demand patterns</i>, Journal of the Operational Research Society 56, 2005): by the mean
 * interval between periods with a sale and the squared coefficient of variation of their sizes.
 * Periods before the first sale do not count: nothing was for sale then. Values of 0 or less are no
 * demand; without any, a history is intermittent.
 */
public enum DemandClass {
  /** Sold in nearly every period, about the same each time. */
  SMOOTH,
  /** Sold in nearly every period, now much, now little. */
  ERRATIC,
  /** Sold now and then, about the same each time. */
  INTERMITTENT,
  /** Sold now and then, now much, now little. */
  LUMPY;

  private static final double LONG_INTERVAL = 1.32;
  private static final double UNEVEN = .49;

  /**
   * Returns the class of a history.
   *
   * @param history the values, oldest first
   */
  public static DemandClass of(double[] history) {
    int demands = 0;
    int periods = 0;
    double mean = 0;
    double squares = 0; // of the distances from the mean (Welford, 1962)
    for (double value : history) {
      if (value > 0) {
        demands++;
        double off = value - mean;
        mean += off / demands;
        squares += off * (value - mean);
      }
      periods += demands > 0 ? 1 : 0;
    }
    boolean often = demands > 0 && (double) periods / demands < LONG_INTERVAL;
    boolean uneven = demands > 0 && squares / demands >= UNEVEN * mean * mean;
    return often ? uneven ? ERRATIC : SMOOTH : uneven ? LUMPY : INTERMITTENT;
  }

  /** Tells whether something is sold only now and then. */
  public boolean isIntermittent() {
    return this == INTERMITTENT || this == LUMPY;
  }
}
