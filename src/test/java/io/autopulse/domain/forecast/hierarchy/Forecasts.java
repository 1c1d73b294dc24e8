package io.autopulse.domain.forecast.hierarchy;

import io.autopulse.domain.forecast.MemberForecast;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Forecasts and hierarchies for tests. */
final class Forecasts {
  private Forecasts() {}

  /** Five cells of three models and two regions, with forecasts of their own. */
  static Hierarchy small(String... dimensions) {
    return Hierarchy.of(
        List.of("model", "region"),
        List.of(dimensions),
        List.of(
            cell(50, "C", "S"),
            cell(20, "A", "N"),
            cell(30, "A", "S"),
            cell(15, "B", "N"),
            cell(8, "B", "S")));
  }

  static Cell cell(double weight, String... members) {
    return new Cell(List.of(members), weight);
  }

  /** One forecast a node, of one period. */
  static List<MemberForecast> of(double... means) {
    double[][] rows = new double[means.length][];
    for (int i = 0; i < means.length; i++) {
      rows[i] = new double[] {means[i]};
    }
    return paths(rows);
  }

  /** One forecast a node; intervals from half to one and a half, and from nothing to double. */
  static List<MemberForecast> paths(double[]... means) {
    List<MemberForecast> all = new ArrayList<>();
    for (double[] mean : means) {
      all.add(
          new MemberForecast(
              "n" + all.size(),
              "combination",
              "",
              mean,
              times(mean, 0.5),
              times(mean, 1.5),
              times(mean, 0),
              times(mean, 2),
              mean,
              mean));
    }
    return all;
  }

  private static double[] times(double[] values, double factor) {
    return Arrays.stream(values).map(v -> v * factor).toArray();
  }

  /** A backtest of one window whose errors are given: a row a period, a column a node. */
  static Backtest errors(double[][] rows) {
    double[][] actuals = new double[rows[0].length][rows.length];
    double[][] forecasts = new double[rows[0].length][rows.length];
    for (int t = 0; t < rows.length; t++) {
      for (int i = 0; i < rows[t].length; i++) {
        actuals[i][t] = rows[t][i];
      }
    }
    return new Backtest(new double[][][] {forecasts}, new double[][][] {actuals});
  }

  /** Cells of models with a powertrain, sold by dealers of a region, drawn at random. */
  static List<Cell> drawn(Random random, int models, int regions, int dealers, int count) {
    List<Cell> cells = new ArrayList<>();
    for (int c = 0; c < count; c++) {
      int model = random.nextInt(models);
      int dealer = random.nextInt(dealers);
      cells.add(
          cell(
              random.nextInt(20),
              "M" + model,
              "P" + model % 4,
              "R" + dealer % regions,
              "D" + dealer));
    }
    return cells;
  }

  /** The structure that is published. */
  static Hierarchy published(List<Cell> cells) {
    return Hierarchy.of(
        List.of("model", "powertrain", "region", "dealer"),
        List.of(
            "total",
            "region",
            "powertrain",
            "model",
            "dealer",
            "region x powertrain",
            "region x model"),
        cells);
  }
}
