package io.autopulse.generate.truth;

import io.autopulse.domain.sale.SaleStatus;
import java.util.Arrays;

/**
 * All versions by window of one grain, and within a window in ascending order of price: a window's
 * rows lie together.
 */
final class WindowedRows {
  private final TruthWindows windows;
  private final TruthRows rows;
  private final int[] first;

  private WindowedRows(TruthWindows windows, TruthRows rows, int[] first) {
    this.windows = windows;
    this.rows = rows;
    this.first = first;
  }

  /** Sorts rows that are in ascending order of price by window, without disturbing that order. */
  static WindowedRows of(TruthRows byPrice, TruthWindows windows) {
    int[] window = new int[byPrice.size()];
    Arrays.setAll(window, row -> windows.of(byPrice.day()[row]));
    int[] order = new int[window.length];
    int[] first = CountingSort.sort(window, windows.size(), 0, order);
    TruthRows.Builder sorted = new TruthRows.Builder(order.length);
    for (int row : order) {
      sorted.copy(byPrice, row);
    }
    return new WindowedRows(windows, sorted.build(), first);
  }

  TruthWindows windows() {
    return windows;
  }

  TruthRows rows() {
    return rows;
  }

  /** Returns the window's first row; that of the window after the last is the number of rows. */
  int first(int window) {
    return first[window];
  }

  /** Returns how many vehicles the window's current versions sell. */
  long sold(int window) {
    long sold = 0;
    for (int row = first[window]; row < first[window + 1]; row++) {
      if (rows.isCurrent(row) && rows.status(row) == SaleStatus.SOLD) {
        sold++;
      }
    }
    return sold;
  }
}
