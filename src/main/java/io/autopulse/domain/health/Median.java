package io.autopulse.domain.health;

import java.util.Collection;

/** The middle of values. */
final class Median {
  private Median() {}

  /** Returns the median; 0 of no values. */
  static double of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length == 0
        ? 0
        : sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
