package io.autopulse.domain.forecast.hierarchy;

import java.util.ArrayList;
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

  /**
   * For each step of the chain, and then for the cells, the other dimensions that hold it whole.
   */
  private final List<List<Integer>> aside = new ArrayList<>();

  private final double[] owedToNodes;
  private final double[] owedToCells;

  WholeUnits(Hierarchy hierarchy) {
    this.hierarchy = hierarchy;
    chain = hierarchy.chain();
    for (int step = 0; step <= chain.size(); step++) {
      List<Integer> others = new ArrayList<>();
      for (int d = 0; d < hierarchy.dimensions().size(); d++) {
        if (!chain.contains(d) && (step == chain.size() || hierarchy.refines(chain.get(step), d))) {
          others.add(d);
        }
      }
      aside.add(others);
    }
    owedToNodes = new double[hierarchy.nodes().size()];
    owedToCells = new double[hierarchy.cells().size()];
  }

  /**
   * Returns the whole units of the cells in the next period.
   *
   * @param cells their units, not negative
   */
  long[] next(double[] cells) {
    long total = Math.round(Arrays.stream(cells).sum());
    long[] units = new long[cells.length];
    divide(total, IntStream.range(0, cells.length).toArray(), 0, cells, units);
    return units;
  }

  private void divide(long total, int[] within, int depth, double[] cells, long[] units) {
    if (depth == chain.size()) {
      Share[] shares = new Share[within.length];
      for (int i = 0; i < within.length; i++) {
        int cell = within[i];
        shares[i] = new Share(cells[cell], owedToCells[cell], owed(aside.get(depth), cell));
      }
      long[] parts = parts(total, shares);
      for (int i = 0; i < within.length; i++) {
        units[within[i]] = parts[i];
        give(within[i], cells[within[i]] - parts[i]);
      }
      return;
    }
    int[] nodeOf = hierarchy.nodeOfCell(chain.get(depth));
    int[][] groups = groups(within, nodeOf);
    Share[] shares = new Share[groups.length];
    for (int g = 0; g < groups.length; g++) {
      int cell = groups[g][0];
      double exact = 0;
      for (int each : groups[g]) {
        exact += cells[each];
      }
      shares[g] = new Share(exact, owedToNodes[nodeOf[cell]], owed(aside.get(depth), cell));
    }
    long[] parts = parts(total, shares);
    for (int g = 0; g < groups.length; g++) {
      divide(parts[g], groups[g], depth + 1, cells, units);
    }
  }

  private double owed(List<Integer> dimensions, int cell) {
    double owed = 0;
    for (int d : dimensions) {
      owed += owedToNodes[hierarchy.nodeOfCell(d)[cell]];
    }
    return owed;
  }

  private void give(int cell, double owed) {
    owedToCells[cell] += owed;
    for (int d = 0; d < hierarchy.dimensions().size(); d++) {
      owedToNodes[hierarchy.nodeOfCell(d)[cell]] += owed;
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

  /**
   * What one of those is due among whom units are divided.
   *
   * @param exact its units in this period; of one without any nothing is due
   * @param owed what it was not given in earlier periods
   * @param others what its nodes of other dimensions were not given
   */
  private record Share(double exact, double owed, double others) {
    double due() {
      return exact > 0 ? Math.max(0, exact + owed) : 0;
    }
  }

  private static long[] parts(long total, Share[] shares) {
    double due = Arrays.stream(shares).mapToDouble(Share::due).sum();
    boolean carried = due > 0;
    long[] parts = new long[shares.length];
    if (total == 0) {
      return parts;
    }
    double scale = total / (carried ? due : Arrays.stream(shares).mapToDouble(Share::exact).sum());
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
