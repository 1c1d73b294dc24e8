package io.autopulse.domain.forecast.hierarchy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rounds cells to whole units. The total is rounded first, then divided among the nodes of finer
 * and finer dimensions and at last among the cells, each time by largest remainders. What a node or
 * cell was given too little or too much, in earlier periods or so far in this one, counts as a
 * remainder: so a dealer that sells three cars in ten weeks gets three units in ten weeks, not
 * none. Equal remainders are given in the order of names.
 */
final class WholeUnits {
  private final Hierarchy hierarchy;
  private final List<Integer> chain;
  private final double[] owedToNodes;
  private final double[] owedToCells;

  WholeUnits(Hierarchy hierarchy) {
    this.hierarchy = hierarchy;
    chain = hierarchy.chain();
    owedToNodes = new double[hierarchy.nodes().size()];
    owedToCells = new double[hierarchy.cells().size()];
  }

  /**
   * Returns the whole units of the cells in the next period.
   *
   * @param cells their units, not negative
   */
  long[] next(double[] cells) {
    double[] sums = hierarchy.sums(cells);
    for (int i = 0; i < sums.length; i++) {
      owedToNodes[i] += sums[i];
    }
    for (int c = 0; c < cells.length; c++) {
      owedToCells[c] += cells[c];
    }
    long total = Math.round(Arrays.stream(cells).sum());
    long[] units = new long[cells.length];
    divide(total, everyCell(cells.length), 0, cells, units);
    for (int c = 0; c < cells.length; c++) {
      owedToCells[c] -= units[c];
    }
    return units;
  }

  private static int[] everyCell(int count) {
    return IntStream.range(0, count).toArray();
  }

  private void divide(long total, int[] within, int depth, double[] cells, long[] units) {
    if (total == 0) {
      return;
    }
    if (depth == chain.size()) {
      long[] parts = parts(total, cellShares(within, cells));
      for (int i = 0; i < within.length; i++) {
        units[within[i]] = parts[i];
        give(within[i], parts[i]);
      }
      return;
    }
    int[] nodeOf = hierarchy.nodeOfCell(chain.get(depth));
    int[][] groups = groups(within, nodeOf);
    Share[] shares = new Share[groups.length];
    for (int g = 0; g < groups.length; g++) {
      double exact = 0;
      for (int cell : groups[g]) {
        exact += cells[cell];
      }
      shares[g] = new Share(exact, owedToNodes[nodeOf[groups[g][0]]], 0);
    }
    long[] parts = parts(total, shares);
    for (int g = 0; g < groups.length; g++) {
      divide(parts[g], groups[g], depth + 1, cells, units);
    }
  }

  private void give(int cell, long part) {
    if (part != 0) {
      for (int d = 0; d < hierarchy.dimensions().size(); d++) {
        owedToNodes[hierarchy.nodeOfCell(d)[cell]] -= part;
      }
    }
  }

  private static int[][] groups(int[] within, int[] nodeOf) {
    Integer[] sorted = Arrays.stream(within).boxed().toArray(Integer[]::new);
    Arrays.sort(sorted, Comparator.comparingInt((Integer c) -> nodeOf[c]).thenComparing(c -> c));
    return IntStream.range(0, sorted.length)
        .filter(i -> i == 0 || nodeOf[sorted[i]] != nodeOf[sorted[i - 1]])
        .mapToObj(
            from ->
                IntStream.range(from, sorted.length)
                    .takeWhile(i -> nodeOf[sorted[i]] == nodeOf[sorted[from]])
                    .map(i -> sorted[i])
                    .toArray())
        .toArray(int[][]::new);
  }

  private Share[] cellShares(int[] within, double[] cells) {
    Share[] shares = new Share[within.length];
    for (int i = 0; i < within.length; i++) {
      double others = 0;
      for (int d = 0; d < hierarchy.dimensions().size(); d++) {
        if (!chain.contains(d)) {
          others += owedToNodes[hierarchy.nodeOfCell(d)[within[i]]];
        }
      }
      shares[i] = new Share(cells[within[i]], owedToCells[within[i]], others);
    }
    return shares;
  }

  /**
   * What one of those is due among whom units are divided.
   *
   * @param exact its units in this period; of one without any nothing is due
   * @param owed its units in this and earlier periods that it was not given
   * @param others what its nodes of other dimensions were not given
   */
  private record Share(double exact, double owed, double others) {
    double due() {
      return exact > 0 ? Math.max(0, owed) : 0;
    }
  }

  private static long[] parts(long total, Share[] shares) {
    double due = Arrays.stream(shares).mapToDouble(Share::due).sum();
    boolean carried = due > 0;
    double scale = total / (carried ? due : Arrays.stream(shares).mapToDouble(Share::exact).sum());
    long[] parts = new long[shares.length];
    double[] ranks = new double[shares.length];
    long left = total;
    for (int i = 0; i < shares.length; i++) {
      double part = scale * (carried ? shares[i].due() : shares[i].exact());
      parts[i] = (long) Math.floor(part + 1e-9);
      left -= parts[i];
      ranks[i] = part > 0 ? part - parts[i] + shares[i].others() / 2 : Double.NEGATIVE_INFINITY;
    }
    Integer[] order = IntStream.range(0, shares.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -ranks[i]));
    for (int i = 0; left > 0; i = (i + 1) % order.length) {
      parts[order[i]]++;
      left--;
    }
    return parts;
  }
}
