package io.autopulse.domain.forecast.regress;

import java.util.Optional;

/**
 * A linear regression by least squares, with a small ridge that keeps regressors that move together
 * apart.
 *
 * @param coefficients one a column
 * @param covariance of the coefficients
 */
@SuppressWarnings("ArrayRecordComponent") // read in place
record LeastSquares(double[] coefficients, double[][] covariance) {
  /**
   * Fits a regression; empty if there are too few rows or columns that say the same.
   *
   * @param rows the columns of each row
   * @param targets the target of each row
   * @param ridge what is added to the diagonal, as a share of it
   */
  static Optional<LeastSquares> fit(double[][] rows, double[] targets, double ridge) {
    int n = rows.length;
    int p = n == 0 ? 0 : rows[0].length;
    if (n < p + 2) {
      return Optional.empty();
    }
    double[][] normal = new double[p][p];
    double[] right = new double[p];
    for (int r = 0; r < n; r++) {
      for (int i = 0; i < p; i++) {
        right[i] += rows[r][i] * targets[r];
        for (int j = 0; j < p; j++) {
          normal[i][j] += rows[r][i] * rows[r][j];
        }
      }
    }
    for (int i = 0; i < p; i++) {
      normal[i][i] *= 1 + ridge;
    }
    double[][] inverse = inverse(normal);
    if (inverse.length == 0) {
      return Optional.empty();
    }
    double[] coefficients = new double[p];
    for (int i = 0; i < p; i++) {
      coefficients[i] = dot(inverse[i], right);
    }
    double squares = 0;
    for (int r = 0; r < n; r++) {
      double left = targets[r] - dot(rows[r], coefficients);
      squares += left * left;
    }
    double variance = squares / (n - p);
    for (double[] line : inverse) {
      for (int j = 0; j < p; j++) {
        line[j] *= variance;
      }
    }
    return Optional.of(new LeastSquares(coefficients, inverse));
  }

  /** Returns the value of a row. */
  double predict(double[] row) {
    return dot(row, coefficients);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Gauss and Jordan's elimination with pivots; nothing for a matrix that has no inverse. */
  private static double[][] inverse(double[][] matrix) {
    int p = matrix.length;
    double[][] a = new double[p][2 * p];
    for (int i = 0; i < p; i++) {
      System.arraycopy(matrix[i], 0, a[i], 0, p);
      a[i][p + i] = 1;
    }
    for (int column = 0; column < p; column++) {
      int pivot = column;
      for (int i = column + 1; i < p; i++) {
        pivot = Math.abs(a[i][column]) > Math.abs(a[pivot][column]) ? i : pivot;
      }
      if (Math.abs(a[pivot][column]) <= 1e-10 * Math.abs(matrix[column][column])
          || a[pivot][column] == 0) {
        return new double[0][];
      }
      double[] line = a[pivot];
      a[pivot] = a[column];
      a[column] = line;
      double scale = line[column];
      for (int j = 0; j < 2 * p; j++) {
        line[j] /= scale;
      }
      for (int i = 0; i < p; i++) {
        double factor = i == column ? 0 : a[i][column];
        for (int j = 0; factor != 0 && j < 2 * p; j++) {
          a[i][j] -= factor * line[j];
        }
      }
    }
    double[][] inverse = new double[p][p];
    for (int i = 0; i < p; i++) {
      System.arraycopy(a[i], p, inverse[i], 0, p);
    }
    return inverse;
  }
}
