package io.autopulse.domain.kpi.rollup;

import io.autopulse.domain.kpi.PriceHistogram;

/**
 * The facts of a month in ascending order of price bin, for each of its days, weeks and the month:
 * what quantiles need. Counting sorts only: bins and days are small numbers. Not safe for use by
 * several threads.
 */
final class MonthOrder {
  private final int[] binStarts = new int[PriceHistogram.bins() + 1];
  private int[] byBin = new int[0];
  private int[] byDay = new int[0];
  private int[] window = new int[0];
  private int[] dayStarts = new int[0];
  private int firstDay;

  /**
   * Orders the facts.
   *
   * @param from the first day, at or before every fact's
   * @param to the day after the last, after every fact's
   */
  void sort(FactTable facts, int from, int to) {
    firstDay = from;
    int n = facts.size;
    if (byBin.length < n) {
      int capacity = n + (n >> 2);
      byBin = new int[capacity];
      byDay = new int[capacity];
      window = new int[capacity];
    }
    startBins(facts, n);
    for (int i = 0; i < n; i++) {
      byBin[binStarts[facts.bin[i]]++] = i;
    }
    dayStarts = new int[to - from + 1];
    for (int i = 0; i < n; i++) {
      dayStarts[facts.day[i] - from + 1]++;
    }
    for (int d = 0; d < to - from; d++) {
      dayStarts[d + 1] += dayStarts[d];
    }
    int[] next = dayStarts.clone();
    for (int i = 0; i < n; i++) {
      int fact = byBin[i];
      byDay[next[facts.day[fact] - from]++] = fact;
    }
  }

  private void startBins(FactTable facts, int n) {
    java.util.Arrays.fill(binStarts, 0);
    for (int i = 0; i < n; i++) {
      binStarts[facts.bin[i] + 1]++;
    }
    for (int b = 0; b + 1 < binStarts.length; b++) {
      binStarts[b + 1] += binStarts[b];
    }
  }

  /**
   * Returns how many facts the days hold, and makes {@link #window()} hold them in ascending order
   * of bin.
   */
  int select(FactTable facts, int from, int to) {
    int start = dayStarts[from - firstDay];
    int end = dayStarts[to - firstDay];
    int n = end - start;
    if (to - from == 1) {
      System.arraycopy(byDay, start, window, 0, n);
      return n;
    }
    if (n == facts.size) {
      System.arraycopy(byBin, 0, window, 0, n);
      return n;
    }
    java.util.Arrays.fill(binStarts, 0);
    for (int i = start; i < end; i++) {
      binStarts[facts.bin[byDay[i]] + 1]++;
    }
    for (int b = 0; b + 1 < binStarts.length; b++) {
      binStarts[b + 1] += binStarts[b];
    }
    for (int i = start; i < end; i++) {
      int fact = byDay[i];
      window[binStarts[facts.bin[fact]]++] = fact;
    }
    return n;
  }

  /** Returns the facts of the last {@link #select}. */
  int[] window() {
    return window;
  }
}
