package io.autopulse.domain.forecast.hierarchy;

import java.util.Arrays;
import java.util.List;

/** Forecasts of the cells by proportions: those of the nodes' forecasts, then of the weights. */
final class Proportions {
  /** Of the mean weight: what a cell weighs at least where its size is a scale. */
  private static final double LEAST_WEIGHT = 0.01;

  /** Enough for a start; what they leave is corrected by least squares. */
  private static final int SWEEPS = 4;

  private final Hierarchy hierarchy;
  private final double[] weights;
  private final List<Integer> chain;
  private final int finest;

  Proportions(Hierarchy hierarchy) {
    this.hierarchy = hierarchy;
    weights = hierarchy.cells().stream().mapToDouble(Cell::weight).toArray();
    chain = hierarchy.chain();
    int most = 0;
    for (int d = 1; d < hierarchy.dimensions().size(); d++) {
      most = hierarchy.size(d) > hierarchy.size(most) ? d : most;
    }
    finest = most;
  }

  /** Returns the weights with a floor: each cell may take a part of a correction. */
  double[] scales() {
    double mean = Arrays.stream(weights).average().orElse(0);
    double floor = mean > 0 ? mean * LEAST_WEIGHT : 1;
    return Arrays.stream(weights).map(weight -> Math.max(weight, floor)).toArray();
  }

  /**
   * Returns the cells' parts of the forecasts of the dimension with the most nodes.
   *
   * @param closed the cells that sell nothing in the period
   */
  double[] bottomUp(double[] nodes, boolean[] closed) {
    return divided(nodes, finest, closed);
  }

  /**
   * Returns the cells' parts of the total, along dimensions of which each refines the last.
   *
   * @param closed the cells that sell nothing in the period
   */
  double[] topDown(double[] nodes, boolean[] closed) {
    double[] values = nodes.clone();
    for (int i = 1; i < chain.size(); i++) {
      int coarser = chain.get(i - 1);
      int finer = chain.get(i);
      int first = hierarchy.firstNode(finer);
      int[] parents = hierarchy.parents(finer, coarser);
      double[] sums = new double[nodes.length];
      int[] counts = new int[nodes.length];
      for (int child = 0; child < parents.length; child++) {
        sums[parents[child]] += nodes[first + child];
        counts[parents[child]]++;
      }
      for (int child = 0; child < parents.length; child++) {
        int parent = parents[child];
        double part = sums[parent] > 0 ? nodes[first + child] / sums[parent] : 1.0 / counts[parent];
        values[first + child] = values[parent] * part;
      }
    }
    return divided(values, chain.get(chain.size() - 1), closed);
  }

  private double[] divided(double[] nodes, int dimension, boolean[] closed) {
    int[] nodeOf = hierarchy.nodeOfCell(dimension);
    double[] sums = new double[nodes.length];
    int[] counts = new int[nodes.length];
    for (int c = 0; c < nodeOf.length; c++) {
      if (!closed[c]) {
        sums[nodeOf[c]] += weights[c];
        counts[nodeOf[c]]++;
      }
    }
    double[] cells = new double[nodeOf.length];
    for (int c = 0; c < nodeOf.length; c++) {
      int node = nodeOf[c];
      if (!closed[c]) {
        cells[c] = nodes[node] * (sums[node] > 0 ? weights[c] / sums[node] : 1.0 / counts[node]);
      }
    }
    return cells;
  }

  /** Returns cells that are raked to the nodes' forecasts, dimension by dimension. */
  double[] raked(double[] nodes) {
    double[] cells = scales();
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int d = 0; d < hierarchy.dimensions().size(); d++) {
        int[] nodeOf = hierarchy.nodeOfCell(d);
        double[] sums = new double[nodes.length];
        for (int c = 0; c < nodeOf.length; c++) {
          sums[nodeOf[c]] += cells[c];
        }
        for (int c = 0; c < nodeOf.length; c++) {
          double sum = sums[nodeOf[c]];
          cells[c] = sum > 0 ? cells[c] * (Math.max(0, nodes[nodeOf[c]]) / sum) : 0;
        }
      }
    }
    return cells;
  }
}
