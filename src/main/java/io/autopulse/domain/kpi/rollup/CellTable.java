package io.autopulse.domain.kpi.rollup;

import io.autopulse.domain.kpi.Fact;
import io.autopulse.domain.kpi.KpiSums;
import io.autopulse.domain.kpi.Measures;
import io.autopulse.domain.kpi.PriceHistogram;
import java.util.Arrays;

/**
 * The sums of each cell of one dimension in one window, and the ascending price bins of its sold
 * units. The sums ({@link KpiSums}) are neighbours, one cache line a cell: cells are visited in the
 * order of the facts, which is none. Not safe for use by several threads.
 */
final class CellTable {
  private static final int BINS_END = KpiSums.LENGTH;
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

  /**
   * Writes the measures of a cell into its row.
   *
   * @param unitsOfWindow all units sold of the window
   */
  void putMeasures(byte[] row, int at, int cell, long unitsOfWindow) {
    KpiSums.putMeasures(
        row,
        at,
        sums,
        cell * STRIDE,
        unitsOfWindow,
        price(cell, 50),
        price(cell, 10),
        price(cell, 90));
  }

  private long price(int cell, int percent) {
    int units = (int) sums[cell * STRIDE + KpiSums.SOLD];
    if (units == 0) {
      return Measures.ABSENT;
    }
    int start = (int) sums[cell * STRIDE + BINS_END] - units;
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
      if (sums[at + KpiSums.REVISION] == 0) {
        touched[touchedCells++] = cell[i];
      }
      KpiSums.add(sums, at, window.kind[i], window.net[i], window.list[i]);
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
      end += sums[at + KpiSums.SOLD];
    }
    for (int i = 0; i < window.size; i++) {
      if (window.kind[i] == Fact.SOLD) {
        bins[(int) sums[window.cell[i] * STRIDE + BINS_END]++] = window.bin[i];
      }
    }
  }
}
