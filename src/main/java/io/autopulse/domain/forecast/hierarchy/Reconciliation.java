package io.autopulse.domain.forecast.hierarchy;

import io.autopulse.domain.forecast.MemberForecast;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes the forecasts of a hierarchy coherent: afterwards each node is the sum of its finest cells,
 * in whole units, and no number is negative. It costs time in proportion to the cells, the nodes
 * and the rows of backtest errors; no matrix of nodes by nodes is made, whatever their number.
 *
 * <p>A node whose forecasts are all 0 and whose backtest has no error has ended: its cells get
 * nothing; nor does a cell before its launch. The cells' weights say nothing about what nodes
 * should be; they only divide what the nodes leave open.
 */
public final class Reconciliation {
  private static final double EXACT = 1e-9;

  private final Hierarchy hierarchy;
  private final Way way;
  private final List<LevelError> errors;
  private final Backtest backtest;

  Reconciliation(Hierarchy hierarchy, Way way, List<LevelError> errors, Backtest backtest) {
    this.hierarchy = hierarchy;
    this.way = way;
    this.errors = List.copyOf(errors);
    this.backtest = backtest;
  }

  /**
   * Chooses the way whose error in the backtest is least: its WAPE of each dimension by that of the
   * forecasts before, on average over the dimensions. The covariance that a window is reconciled
   * with comes from the other windows. Without two windows it is {@link Way#MINT}.
   *
   * @param backtest forecasts of the past; the latest {@link Choice#MOST_WINDOWS} windows are
   *     compared, all give the covariance
   */
  public static Reconciliation chosen(Hierarchy hierarchy, Backtest backtest) {
    List<LevelError> errors = Choice.errors(hierarchy, backtest);
    return new Reconciliation(hierarchy, Choice.best(hierarchy, errors), errors, backtest);
  }

  /**
   * Reconciles in a given way; errors are not measured.
   *
   * @param backtest gives the covariance of errors for {@link Way#MINT}; may have no window
   */
  public static Reconciliation by(Way way, Hierarchy hierarchy, Backtest backtest) {
    return new Reconciliation(hierarchy, way, List.of(), backtest);
  }

  /** Returns the way. */
  public Way way() {
    return way;
  }

  /** Returns the errors of each dimension, before reconciliation and by each way. */
  public List<LevelError> errors() {
    return errors;
  }

  /**
   * Makes forecasts coherent.
   *
   * @param base the forecast of each node, in the order of {@link Hierarchy#nodes}, of one horizon
   */
  public Coherent apply(List<MemberForecast> base) {
    int nodes = hierarchy.nodes().size();
    if (base.size() != nodes) {
      throw new IllegalArgumentException(
          "a hierarchy of " + nodes + " nodes needs as many forecasts, not " + base.size());
    }
    int horizon = base.get(0).mean().length;
    double[][] means = columns(base, horizon, MemberForecast::mean);
    double[][] cells = cells(hierarchy, way, backtest, -1, means, EXACT);
    double[][] exact = new double[horizon][];
    double[][] whole = new double[horizon][];
    long[][] units = new long[horizon][];
    WholeUnits rounding = new WholeUnits(hierarchy);
    for (int h = 0; h < horizon; h++) {
      exact[h] = hierarchy.sums(cells[h]);
      units[h] = rounding.next(cells[h]);
      whole[h] = hierarchy.sums(Arrays.stream(units[h]).asDoubleStream().toArray());
    }
    return coherent(base, means, exact, whole, units);
  }

  private Coherent coherent(
      List<MemberForecast> base,
      double[][] means,
      double[][] exact,
      double[][] whole,
      long[][] units) {
    Bounds bounds = new Bounds(hierarchy);
    int horizon = means.length;
    double[][] lower80 = columns(base, horizon, MemberForecast::lower80);
    double[][] upper80 = columns(base, horizon, MemberForecast::upper80);
    double[][] lower95 = columns(base, horizon, MemberForecast::lower95);
    double[][] upper95 = columns(base, horizon, MemberForecast::upper95);
    for (int h = 0; h < horizon; h++) {
      lower80[h] = bounds.scaled(lower80[h], means[h], exact[h], whole[h], false);
      upper80[h] = bounds.scaled(upper80[h], means[h], exact[h], whole[h], true);
      lower95[h] = bounds.scaled(lower95[h], means[h], exact[h], whole[h], false);
      upper95[h] = bounds.scaled(upper95[h], means[h], exact[h], whole[h], true);
    }
    List<MemberForecast> published = new ArrayList<>();
    for (int i = 0; i < base.size(); i++) {
      published.add(
          Bounds.with(
              base.get(i),
              row(whole, i),
              row(lower80, i),
              row(upper80, i),
              row(lower95, i),
              row(upper95, i)));
    }
    double[][] exactOfNodes = new double[base.size()][];
    for (int i = 0; i < base.size(); i++) {
      exactOfNodes[i] = row(exact, i);
    }
    long[][] ofCells = new long[hierarchy.cells().size()][horizon];
    for (int c = 0; c < ofCells.length; c++) {
      for (int h = 0; h < horizon; h++) {
        ofCells[c][h] = units[h][c];
      }
    }
    return new Coherent(published, exactOfNodes, ofCells);
  }

  /**
   * Returns the cells of each period.
   *
   * @param without the window that the means are of, whose errors are not used; -1 for the horizon
   * @param means for each period the nodes' forecasts
   */
  static double[][] cells(
      Hierarchy hierarchy,
      Way way,
      Backtest backtest,
      int without,
      double[][] means,
      double tolerance) {
    Proportions proportions = new Proportions(hierarchy);
    double[][] cells = new double[means.length][];
    if (way != Way.MINT) {
      for (int h = 0; h < means.length; h++) {
        boolean[] closed = closed(hierarchy, without < 0 ? h : -1);
        cells[h] =
            way == Way.TOP_DOWN
                ? proportions.topDown(means[h], closed)
                : proportions.bottomUp(means[h], closed);
      }
      return cells;
    }
    double[][] errors = Choice.errorsWithout(backtest, without);
    LeastSquares squares =
        new LeastSquares(
            hierarchy, ErrorCovariance.of(errors, levels(means)), proportions.scales(), tolerance);
    boolean[] ended = ended(hierarchy, means, errors);
    // Periods know nothing of each other.
    IntStream.range(0, means.length)
        .parallel()
        .forEach(
            h -> {
              boolean[] nothing = closed(hierarchy, without < 0 ? h : -1);
              for (int c = 0; c < nothing.length; c++) {
                nothing[c] |= ended[c];
              }
              cells[h] = squares.solve(means[h], proportions.raked(means[h]), nothing);
            });
    return cells;
  }

  private static boolean[] closed(Hierarchy hierarchy, int period) {
    boolean[] closed = new boolean[hierarchy.cells().size()];
    for (int c = 0; c < closed.length; c++) {
      closed[c] = hierarchy.cells().get(c).isClosed(period);
    }
    return closed;
  }

  private static double[] levels(double[][] means) {
    double[] levels = new double[means[0].length];
    for (double[] period : means) {
      for (int i = 0; i < levels.length; i++) {
        levels[i] += period[i] / means.length;
      }
    }
    return levels;
  }

  private static boolean[] ended(Hierarchy hierarchy, double[][] means, double[][] errors) {
    double[] live = new double[hierarchy.nodes().size()];
    for (double[][] rows : List.of(means, errors)) {
      for (double[] row : rows) {
        for (int i = 0; i < live.length; i++) {
          live[i] += Double.isNaN(row[i]) ? 0 : Math.abs(row[i]);
        }
      }
    }
    boolean[] ended = new boolean[hierarchy.cells().size()];
    for (int d = 0; d < hierarchy.dimensions().size(); d++) {
      int[] nodeOf = hierarchy.nodeOfCell(d);
      for (int c = 0; c < ended.length; c++) {
        ended[c] |= live[nodeOf[c]] == 0;
      }
    }
    return ended;
  }

  private interface Values {
    double[] of(MemberForecast forecast);
  }

  private static double[][] columns(List<MemberForecast> base, int horizon, Values values) {
    double[][] columns = new double[horizon][base.size()];
    for (int i = 0; i < base.size(); i++) {
      double[] row = values.of(base.get(i));
      if (row.length != horizon) {
        throw new IllegalArgumentException(
            "forecasts of one hierarchy have one horizon: "
                + base.get(i).key()
                + " has "
                + row.length
                + " periods instead of "
                + horizon);
      }
      for (int h = 0; h < horizon; h++) {
        columns[h][i] = row[h];
      }
    }
    return columns;
  }

  private static double[] row(double[][] columns, int index) {
    double[] row = new double[columns.length];
    for (int h = 0; h < columns.length; h++) {
      row[h] = columns[h][index];
    }
    return row;
  }
}
