package io.autopulse.domain.forecast.hierarchy;

import java.util.Arrays;

/**
 * Finds the cells, none negative, whose sums are nearest to the nodes' forecasts. Conjugate
 * gradients start from given cells and change each in proportion to its scale. Where the nodes
 * leave cells undetermined, as when there are more cells than nodes, this is the least change of
 * the start.
 *
 * <p>Cells that would be negative are held at 0 and the others found anew, and a held cell that
 * would grow is let go once, in at most {@value #MOST_ROUNDS} rounds; what is negative after them
 * is 0.
 */
final class LeastSquares {
  /** Rounds of holding negative cells at 0. */
  static final int MOST_ROUNDS = 12;

  /** Steps of conjugate gradients in a round. */
  static final int MOST_STEPS = 400;

  private final Hierarchy hierarchy;
  private final ErrorCovariance covariance;
  private final double[] scales;
  private final double tolerance;

  /**
   * Prepares it.
   *
   * @param covariance how the nodes' errors vary
   * @param scales how readily each cell changes, positive
   * @param tolerance where to end: the gradient, as a part of the first one
   */
  LeastSquares(Hierarchy hierarchy, ErrorCovariance covariance, double[] scales, double tolerance) {
    this.hierarchy = hierarchy;
    this.covariance = covariance;
    this.scales = scales;
    this.tolerance = tolerance;
  }

  /**
   * Returns the cells.
   *
   * @param nodes the nodes' forecasts
   * @param start cells to start from, not negative
   * @param ended the cells that stay at 0
   */
  double[] solve(double[] nodes, double[] start, boolean[] ended) {
    double[] cells = start.clone();
    boolean[] held = ended.clone();
    boolean[] released = ended.clone();
    for (int c = 0; c < cells.length; c++) {
      cells[c] = held[c] ? 0 : cells[c];
    }
    double negligible = 1e-9 * (1 + Arrays.stream(nodes).max().orElse(0));
    for (int round = 0; round < MOST_ROUNDS; round++) {
      improve(nodes, cells, held);
      boolean again = false;
      for (int c = 0; c < cells.length; c++) {
        if (cells[c] < -negligible) {
          held[c] = true;
          again = true;
        }
        cells[c] = Math.max(0, cells[c]);
      }
      if (!again && !release(nodes, cells, held, released)) {
        break;
      }
    }
    return cells;
  }

  /** Lets the held cells go, each once, that would grow. */
  private boolean release(double[] nodes, double[] cells, boolean[] held, boolean[] released) {
    double[] gradient = gradient(nodes, cells);
    double size = 0;
    for (int c = 0; c < cells.length; c++) {
      size = Math.max(size, Math.abs(gradient[c]));
    }
    boolean any = false;
    for (int c = 0; c < cells.length; c++) {
      if (held[c] && !released[c] && gradient[c] > 1e-6 * size) {
        held[c] = false;
        released[c] = true;
        any = true;
      }
    }
    return any;
  }

  private double[] gradient(double[] nodes, double[] cells) {
    double[] rest = hierarchy.sums(cells);
    for (int i = 0; i < rest.length; i++) {
      rest[i] = nodes[i] - rest[i];
    }
    return hierarchy.spread(covariance.solve(rest));
  }

  private void improve(double[] nodes, double[] cells, boolean[] held) {
    double[] rest = scaled(gradient(nodes, cells), held);
    double[] direction = rest.clone();
    double norm = product(rest, rest);
    double enough = norm * tolerance * tolerance;
    for (int step = 0; step < MOST_STEPS && norm > enough && norm > 0; step++) {
      double[] moved = new double[cells.length];
      for (int c = 0; c < cells.length; c++) {
        moved[c] = direction[c] * Math.sqrt(scales[c]);
      }
      double[] image = scaled(hierarchy.spread(covariance.solve(hierarchy.sums(moved))), held);
      double curvature = product(direction, image);
      if (!(curvature > 0)) {
        return;
      }
      double length = norm / curvature;
      for (int c = 0; c < cells.length; c++) {
        cells[c] += length * moved[c];
        rest[c] -= length * image[c];
      }
      double next = product(rest, rest);
      double turn = next / norm;
      for (int c = 0; c < cells.length; c++) {
        direction[c] = rest[c] + turn * direction[c];
      }
      norm = next;
    }
  }

  private double[] scaled(double[] ofCells, boolean[] held) {
    for (int c = 0; c < ofCells.length; c++) {
      ofCells[c] = held[c] ? 0 : ofCells[c] * Math.sqrt(scales[c]);
    }
    return ofCells;
  }

  private static double product(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }
}
