package io.autopulse.domain.health;

import java.util.List;

/**
 * When the share of records that a feed lost is no longer usual: all three limits are exceeded.
 *
 * @param fewest so many records are lost: a few of a small feed are no share
 * @param share the share that any feed may lose
 * @param factor how many times the median share of earlier runs it is: some sources are always bad,
 *     and their people know it
 */
public record ShareLimits(long fewest, double share, double factor) {
  /** Checks the limits. */
  public ShareLimits {
    if (fewest < 1 || share < 0 || share > 1 || factor < 1) {
      throw new IllegalArgumentException(
          "fewest is at least 1, share from 0 to 1, factor at least 1");
    }
  }

  /**
   * Tells whether the limits are exceeded.
   *
   * @param lost records lost
   * @param read records read
   * @param earlier the shares that earlier runs lost, in any order
   */
  public boolean isExceeded(long lost, long read, List<Double> earlier) {
    if (read == 0 || lost < fewest) {
      return false;
    }
    double found = (double) lost / read;
    return found > share && found > factor * Median.of(earlier);
  }
}
