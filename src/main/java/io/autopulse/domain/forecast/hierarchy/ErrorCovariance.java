package io.autopulse.domain.forecast.hierarchy;

import java.util.Arrays;

/**
 * The covariance of the errors of the nodes' forecasts, shrunk to its diagonal (Schäfer, Strimmer
 * 2005), and its inverse. It is kept as a diagonal and a few rows of errors, so no matrix of nodes
 * by nodes is ever made: {@code W = a D + (1 - a) E'E / T}, inverted by Woodbury's identity.
 */
final class ErrorCovariance {
  /** So many rows of errors are used, the latest: more cost time and change little. */
  static final int MOST_ROWS = 260;

  /** Fewer rows give no covariance: only the diagonal is used. */
  static final int FEWEST_ROWS = 3;

  /** The least shrinkage, so that the matrix can be inverted however few the rows. */
  static final double LEAST_SHRINKAGE = 1e-6;

  /** Of the typical variance of a forecast of its size: the least variance of a node. */
  private static final double LEAST_VARIANCE = 1e-3;

  private final double[] inverseDiagonal;
  private final double[][] rows;
  private final double[][] factor;
  private final double shrinkage;

  private ErrorCovariance(
      double[] inverseDiagonal, double[][] rows, double[][] factor, double shrinkage) {
    this.inverseDiagonal = inverseDiagonal;
    this.rows = rows;
    this.factor = factor;
    this.shrinkage = shrinkage;
  }

  /**
   * Estimates it.
   *
   * @param errors a row for each forecast period, a column for each node; NaN where unknown
   * @param levels the mean forecast of each node, which says how large the errors of a node are
   *     that has none: as large as those of the median node of its size
   */
  static ErrorCovariance of(double[][] errors, double[] levels) {
    double[][] rows = latest(errors);
    double[] variances = variances(rows, levels);
    if (rows.length < FEWEST_ROWS) {
      return new ErrorCovariance(inverse(variances), new double[0][], new double[0][], 1);
    }
    double shrinkage = Math.max(LEAST_SHRINKAGE, shrinkage(rows));
    double[] diagonal = Arrays.stream(variances).map(v -> v * shrinkage).toArray();
    if (shrinkage >= 1) {
      return new ErrorCovariance(inverse(diagonal), new double[0][], new double[0][], 1);
    }
    double[] inverse = inverse(diagonal);
    int count = rows.length;
    double[][] inner = new double[count][count];
    for (int s = 0; s < count; s++) {
      for (int t = 0; t <= s; t++) {
        inner[s][t] = weighted(rows[s], rows[t], inverse);
      }
      inner[s][s] += count / (1 - shrinkage);
    }
    return new ErrorCovariance(inverse, rows, cholesky(inner), shrinkage);
  }

  private static double[][] latest(double[][] errors) {
    int from = Math.max(0, errors.length - MOST_ROWS);
    double[][] rows = new double[errors.length - from][];
    for (int t = 0; t < rows.length; t++) {
      rows[t] = errors[from + t].clone();
    }
    return rows;
  }

  /** Returns the mean squares; then makes unknown errors 0. */
  private static double[] variances(double[][] rows, double[] levels) {
    int nodes = levels.length;
    double[] squares = new double[nodes];
    int[] counts = new int[nodes];
    for (double[] row : rows) {
      for (int i = 0; i < nodes; i++) {
        if (Double.isNaN(row[i])) {
          row[i] = 0;
        } else {
          squares[i] += row[i] * row[i];
          counts[i]++;
        }
      }
    }
    double[] ratios = new double[nodes];
    int known = 0;
    for (int i = 0; i < nodes; i++) {
      if (counts[i] > 0 && levels[i] > 0 && squares[i] > 0) {
        ratios[known++] = squares[i] / counts[i] / levels[i];
      }
    }
    Arrays.sort(ratios, 0, known);
    double typical = known == 0 ? 1 : ratios[known / 2];
    double smallest = smallestPositive(levels);
    double[] variances = new double[nodes];
    for (int i = 0; i < nodes; i++) {
      double size = typical * Math.max(levels[i], smallest);
      variances[i] = counts[i] > 0 ? Math.max(squares[i] / counts[i], LEAST_VARIANCE * size) : size;
    }
    return variances;
  }

  private static double smallestPositive(double[] levels) {
    double smallest = Arrays.stream(levels).filter(level -> level > 0).min().orElse(1);
    return Math.max(smallest, 1e-3);
  }

  /**
   * Returns the part of the diagonal: the sum of the variances of the correlations, by the sum of
   * their squares. Sums over all pairs of nodes are taken from sums over pairs of rows.
   */
  private static double shrinkage(double[][] rows) {
    int count = rows.length;
    int nodes = rows[0].length;
    double[] scales = new double[nodes];
    for (double[] row : rows) {
      for (int i = 0; i < nodes; i++) {
        scales[i] += row[i] * row[i] / count;
      }
    }
    for (int i = 0; i < nodes; i++) {
      scales[i] = scales[i] > 0 ? 1 / scales[i] : 0;
    }
    // With x the standardised errors: sum over all i, j of (sum over t of x_ti x_tj) squared is the
    // squared norm of XX', which has rows by rows.
    double squaredSums = 0;
    double sumsOfSquares = 0;
    for (int s = 0; s < count; s++) {
      for (int t = 0; t < s; t++) {
        double product = weighted(rows[s], rows[t], scales);
        squaredSums += 2 * product * product;
      }
      double norm = weighted(rows[s], rows[s], scales);
      squaredSums += norm * norm;
      sumsOfSquares += norm * norm;
    }
    double fourths = 0;
    int live = 0;
    for (int i = 0; i < nodes; i++) {
      live += scales[i] > 0 ? 1 : 0;
      for (double[] row : rows) {
        double square = row[i] * row[i] * scales[i];
        fourths += square * square;
      }
    }
    double n = count;
    double pairSums = squaredSums - live * n * n;
    double pairSquares = sumsOfSquares - fourths;
    double variance = (pairSquares - pairSums / n) / (n * (n - 1));
    double correlation = pairSums / (n * n);
    return correlation > 0 ? Math.max(0, Math.min(1, variance / correlation)) : 1;
  }

  private static double weighted(double[] one, double[] other, double[] weights) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i] * weights[i];
    }
    return sum;
  }

  private static double[] inverse(double[] values) {
    return Arrays.stream(values).map(value -> 1 / value).toArray();
  }

  private static double[][] cholesky(double[][] lower) {
    for (int i = 0; i < lower.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = lower[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(sum) : sum / lower[j][j];
      }
    }
    return lower;
  }

  /** Returns the part of the diagonal, 0 to 1. */
  double shrinkage() {
    return shrinkage;
  }

  /** Returns the inverse, times a vector. */
  double[] solve(double[] vector) {
    double[] solved = new double[vector.length];
    for (int i = 0; i < vector.length; i++) {
      solved[i] = vector[i] * inverseDiagonal[i];
    }
    int count = rows.length;
    if (count == 0) {
      return solved;
    }
    double[] inner = new double[count];
    for (int t = 0; t < count; t++) {
      double sum = 0;
      double[] row = rows[t];
      for (int i = 0; i < row.length; i++) {
        sum += row[i] * solved[i];
      }
      for (int k = 0; k < t; k++) {
        sum -= factor[t][k] * inner[k];
      }
      inner[t] = sum / factor[t][t];
    }
    for (int t = count - 1; t >= 0; t--) {
      double sum = inner[t];
      for (int k = t + 1; k < count; k++) {
        sum -= factor[k][t] * inner[k];
      }
      inner[t] = sum / factor[t][t];
    }
    double[] low = new double[vector.length];
    for (int t = 0; t < count; t++) {
      double[] row = rows[t];
      double part = inner[t];
      for (int i = 0; i < row.length; i++) {
        low[i] += part * row[i];
      }
    }
    for (int i = 0; i < vector.length; i++) {
      solved[i] -= low[i] * inverseDiagonal[i];
    }
    return solved;
  }
}
