package io.autopulse.domain.kpi.rollup;

import io.autopulse.domain.kpi.Fact;

/**
 * The facts of one window side by side, in ascending order of bin: gathered once, then read in
 * sequence by every dimension.
 */
final class WindowFacts {
  int size;
  int unitsSold;
  int[] fact = new int[0];
  byte[] kind = new byte[0];
  short[] bin = new short[0];
  long[] net = new long[0];
  long[] list = new long[0];
  int[] cell = new int[0];

  /** Gathers the first {@code n} of the facts in {@code order}. */
  void gather(FactTable facts, int[] order, int n) {
    size = n;
    unitsSold = 0;
    fact = order;
    if (kind.length < n) {
      int capacity = n + (n >> 2);
      kind = new byte[capacity];
      bin = new short[capacity];
      net = new long[capacity];
      list = new long[capacity];
      cell = new int[capacity];
    }
    for (int i = 0; i < n; i++) {
      int from = order[i];
      kind[i] = facts.kind[from];
      bin[i] = facts.bin[from];
      net[i] = facts.net[from];
      list[i] = facts.list[from];
      unitsSold += facts.kind[from] == Fact.SOLD ? 1 : 0;
    }
  }
}
