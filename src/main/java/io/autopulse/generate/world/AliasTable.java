package io.autopulse.generate.world;

import java.util.ArrayDeque;
import java.util.SplittableRandom;

/** Draws an index by weight in constant time (Walker's alias method). */
final class AliasTable {
  private final double[] keep;
  private final int[] alias;

  /** Makes a table of weights, not all zero. */
  AliasTable(double[] weights) {
    int n = weights.length;
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    keep = new double[n];
    alias = new int[n];
    ArrayDeque<Integer> small = new ArrayDeque<>();
    ArrayDeque<Integer> large = new ArrayDeque<>();
    for (int i = 0; i < n; i++) {
      keep[i] = weights[i] * n / sum;
      alias[i] = i;
      (keep[i] < 1 ? small : large).add(i);
    }
    while (!small.isEmpty() && !large.isEmpty()) {
      int less = small.remove();
      int more = large.remove();
      alias[less] = more;
      keep[more] -= 1 - keep[less];
      (keep[more] < 1 ? small : large).add(more);
    }
    // What rounding leaves over is full.
    small.forEach(i -> keep[i] = 1);
    large.forEach(i -> keep[i] = 1);
  }

  int draw(SplittableRandom random) {
    int i = random.nextInt(keep.length);
    return random.nextDouble() < keep[i] ? i : alias[i];
  }
}
