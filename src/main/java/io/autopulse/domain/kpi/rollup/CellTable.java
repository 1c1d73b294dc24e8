package io.autopulse.domain.kpi.rollup;

import io.autopulse.domain.kpi.Fact;
import io.autopulse.domain.kpi.PriceHistogram;
import java.util.Arrays;

/**
 * The sums of each cell of one dimension in one window, and the ascending price bins of its sold
 * units. The sums of a cell stand together, one cache line a cell: cells are visited in the order
 * of the facts, which is none. Not safe for use by several threads.
 */
final class CellTable {
  static final int SOLD = 0;
  static final int CANCELLED = 1;
  static final int RETURNED = 2;
  static final int REVENUE = 3;
  static final int DISCOUNTED_NET = 4;
  static final int DISCOUNTED_LIST = 5;
  static final int REVISION = 6;
  private static final int BINS_END = 7;
  private static final int STRIDE = 8;

  private long[] sums = new long[STRIDE * 64];
  private int[] touched = new int[64];
  private int touchedCells;
  private short[] bins = new short[0];

  /** Returns the number of cells with facts. */
  int size() {
    return touchedCells;
  }

  /** Returns the i-th cell with facts. */
  int cell(int i) {
    return touched[i];
  }

  /** Returns one of the sums of a cell. */
  long sum(int cell, int measure) {
    return sums[cell * STRIDE + measure];
  }

  /** Returns the price in cents at a percentile of the sold units of a cell that has some. */
  long price(int cell, int percent) {
    int units = (int) sum(cell, SOLD);
    int start = (int) sum(cell, BINS_END) - units;
    return PriceHistogram.value(bins[start + PriceHistogram.rank(units, percent)]);
  }

  /**
   * Sums the facts of a window.
   *
   * @param window the window's facts in ascending order of bin
   * @param cellOfFact the cell of each fact, below {@code cells}
   */
  void sum(WindowFacts window, int[] cellOfFact, int cells) {
    clear(cells);
    int n = window.size;
    int[] cell = window.cell;
    for (int i = 0; i < n; i++) {
      cell[i] = cellOfFact[window.fact[i]];
    }
    for (int i = 0; i < n; i++) {
      int at = cell[i] * STRIDE;
      if (sums[at + REVISION] == 0) {
        touched[touchedCells++] = cell[i];
      }
      int kind = window.kind[i];
      if (kind == Fact.SOLD) {
        sums[at + SOLD]++;
        sums[at + REVISION]++;
        sums[at + REVENUE] += window.net[i];
        if (window.list[i] > 0) {
          sums[at + DISCOUNTED_NET] += window.net[i];
          sums[at + DISCOUNTED_LIST] += window.list[i];
        }
      } else if (kind == Fact.SUPERSEDED) {
        // It entered the cell, and its successor took it out again.
        sums[at + REVISION] += 2;
      } else {
        sums[at + (kind == Fact.CANCELLED ? CANCELLED : RETURNED)]++;
        sums[at + REVISION]++;
      }
    }
    sortBins(window);
  }

  private void clear(int cells) {
    for (int i = 0; i < touchedCells; i++) {
      int at = touched[i] * STRIDE;
      Arrays.fill(sums, at, at + STRIDE, 0);
    }
    touchedCells = 0;
    if (touched.length < cells) {
      int capacity = cells + (cells >> 1);
      touched = new int[capacity];
      sums = new long[STRIDE * capacity];
    }
  }

  // A stable counting sort by cell: within a cell the bins stay ascending, as the window's facts
  // are.
  private void sortBins(WindowFacts window) {
    if (bins.length < window.size) {
      bins = new short[window.size + (window.size >> 2)];
    }
    long end = 0;
    for (int i = 0; i < touchedCells; i++) {
      int at = touched[i] * STRIDE;
      sums[at + BINS_END] = end;
      end += sums[at + SOLD];
    }
    for (int i = 0; i < window.size; i++) {
      if (window.kind[i] == Fact.SOLD) {
        bins[(int) sums[window.cell[i] * STRIDE + BINS_END]++] = window.bin[i];
      }
    }
  }
}
