package io.autopulse.domain.forecast.intermittent;

import java.util.Arrays;

/**
 * The periods of a series in which something was sold. Values of 0 or less are no demand.
 *
 * @param sizes how much was sold in each
 * @param intervals how many periods after the one before; of the first, how many since the start
 */
@SuppressWarnings("ArrayRecordComponent") // is smoothed in place, never compared
record Demand(double[] sizes, double[] intervals) {
  static Demand of(double[] history) {
    double[] sizes = new double[history.length];
    double[] intervals = new double[history.length];
    int count = 0;
    int before = -1;
    for (int i = 0; i < history.length; i++) {
      if (history[i] > 0) {
        sizes[count] = history[i];
        intervals[count] = i - before;
        before = i;
        count++;
      }
    }
    return new Demand(Arrays.copyOf(sizes, count), Arrays.copyOf(intervals, count));
  }

  boolean isNone() {
    return sizes.length == 0;
  }
}
