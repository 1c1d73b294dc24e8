package io.autopulse.domain.forecast.hierarchy;

import java.util.ArrayList;
import java.util.List;

/** Compares the ways to reconcile in the backtest. */
final class Choice {
  /** So many windows are compared, the latest. */
  static final int MOST_WINDOWS = 4;

  /** Near enough to compare errors. */
  private static final double NEAR = 1e-4;

  private Choice() {}

  /** Returns the errors of each dimension, before reconciliation and by each way. */
  static List<LevelError> errors(Hierarchy hierarchy, Backtest backtest) {
    List<LevelError> errors = new ArrayList<>();
    if (backtest.windows() < 2) {
      return errors;
    }
    int first = Math.max(0, backtest.windows() - MOST_WINDOWS);
    Sums base = new Sums(hierarchy);
    for (int w = first; w < backtest.windows(); w++) {
      base.add(periods(backtest.forecasts()[w]), periods(backtest.actuals()[w]));
    }
    base.into(errors, LevelError.BASE);
    for (Way way : Way.values()) {
      Sums sums = new Sums(hierarchy);
      for (int w = first; w < backtest.windows(); w++) {
        double[][] means = periods(backtest.forecasts()[w]);
        double[][] actuals = periods(backtest.actuals()[w]);
        double[][] cells =
            Reconciliation.cells(hierarchy, way, backtest, w, known(means, actuals), NEAR);
        double[][] reconciled = new double[means.length][];
        for (int h = 0; h < means.length; h++) {
          reconciled[h] = hierarchy.sums(cells[h]);
          for (int i = 0; i < reconciled[h].length; i++) {
            // What was not forecast is compared in no way.
            reconciled[h][i] = Double.isNaN(means[h][i]) ? Double.NaN : reconciled[h][i];
          }
        }
        sums.add(reconciled, actuals);
      }
      sums.into(errors, way.toString());
    }
    return errors;
  }

  /** Returns the means; for a node that was not forecast, what it sold: the others then fit. */
  private static double[][] known(double[][] means, double[][] actuals) {
    double[][] known = new double[means.length][];
    for (int h = 0; h < means.length; h++) {
      known[h] = means[h].clone();
      for (int i = 0; i < known[h].length; i++) {
        if (Double.isNaN(known[h][i])) {
          known[h][i] = Double.isNaN(actuals[h][i]) ? 0 : Math.max(0, actuals[h][i]);
        }
      }
    }
    return known;
  }

  /** Returns the way with the least error; the first of equal ones. */
  static Way best(Hierarchy hierarchy, List<LevelError> errors) {
    Way best = Way.MINT;
    double least = Double.POSITIVE_INFINITY;
    for (Way way : Way.values()) {
      double sum = 0;
      for (String dimension : hierarchy.dimensions()) {
        double base = wape(errors, dimension, LevelError.BASE);
        double own = wape(errors, dimension, way.toString());
        sum += base > 0 && !Double.isNaN(own) ? own / base : 0;
      }
      if (sum < least - 1e-9) {
        least = sum;
        best = way;
      }
    }
    return best;
  }

  private static double wape(List<LevelError> errors, String dimension, String way) {
    for (LevelError error : errors) {
      if (error.dimension().equals(dimension) && error.way().equals(way)) {
        return error.wape();
      }
    }
    return Double.NaN;
  }

  /** Returns a row of errors of all nodes for each period of all windows but one. */
  static double[][] errorsWithout(Backtest backtest, int without) {
    List<double[]> rows = new ArrayList<>();
    for (int w = 0; w < backtest.windows(); w++) {
      if (w == without) {
        continue;
      }
      double[][] forecasts = periods(backtest.forecasts()[w]);
      double[][] actuals = periods(backtest.actuals()[w]);
      for (int h = 0; h < forecasts.length; h++) {
        double[] row = new double[forecasts[h].length];
        for (int i = 0; i < row.length; i++) {
          row[i] = actuals[h][i] - forecasts[h][i];
        }
        rows.add(row);
      }
    }
    return rows.toArray(double[][]::new);
  }

  private static double[][] periods(double[][] nodes) {
    int horizon = nodes[0].length;
    double[][] periods = new double[horizon][nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      for (int h = 0; h < horizon; h++) {
        periods[h][i] = nodes[i][h];
      }
    }
    return periods;
  }

  /** Errors of the nodes of each dimension. */
  private static final class Sums {
    private final Hierarchy hierarchy;
    private final double[] absolute;
    private final double[] signed;
    private final double[] sold;
    private final int[] counts;

    Sums(Hierarchy hierarchy) {
      this.hierarchy = hierarchy;
      int dimensions = hierarchy.dimensions().size();
      absolute = new double[dimensions];
      signed = new double[dimensions];
      sold = new double[dimensions];
      counts = new int[dimensions];
    }

    void add(double[][] forecasts, double[][] actuals) {
      for (int d = 0; d < absolute.length; d++) {
        for (int i = hierarchy.firstNode(d); i < hierarchy.firstNode(d + 1); i++) {
          for (int h = 0; h < forecasts.length; h++) {
            double error = forecasts[h][i] - actuals[h][i];
            if (!Double.isNaN(error)) {
              absolute[d] += Math.abs(error);
              signed[d] += error;
              sold[d] += actuals[h][i];
              counts[d]++;
            }
          }
        }
      }
    }

    void into(List<LevelError> errors, String way) {
      for (int d = 0; d < absolute.length; d++) {
        errors.add(
            new LevelError(
                hierarchy.dimensions().get(d),
                way,
                counts[d],
                sold[d] > 0 ? absolute[d] / sold[d] : Double.NaN,
                sold[d] > 0 ? signed[d] / sold[d] : Double.NaN));
      }
    }
  }
}
