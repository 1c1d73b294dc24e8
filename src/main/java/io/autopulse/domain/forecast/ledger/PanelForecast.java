package io.autopulse.domain.forecast.ledger;

import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.combine.Forecaster;
import io.autopulse.domain.forecast.life.LifeCycles;
import io.autopulse.domain.forecast.life.Model;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The forecasts of all series of one dimension, before they are made to add up, and what would have
 * been forecast one horizon ago, two horizons ago and so on.
 *
 * @param dimension the dimension's name
 * @param panel the series, sorted by member; models that are not sold yet follow, without a value
 * @param forecasts of each series, in their order
 * @param past for each window, the oldest first, and each series the means that were forecast then;
 *     NaN for a series that had not begun
 */
@SuppressWarnings("ArrayRecordComponent") // the numbers of a forecast are read, never compared
public record PanelForecast(
    String dimension, List<Series> panel, List<MemberForecast> forecasts, double[][][] past) {
  /** So many horizons of the past tell how the forecasts are best made to add up. */
  private static final int MOST_WINDOWS = 4;

  /** The dimension whose members are launched and run out. */
  static final String MODEL = "model";

  /** Copies the lists. */
  public PanelForecast {
    panel = List.copyOf(panel);
    forecasts = List.copyOf(forecasts);
  }

  /**
   * Forecasts a panel, now and as it would have been.
   *
   * @param known what is known of models: in the panel of models they are launched and run out, and
   *     those that are not sold yet join it
   * @param horizon how many periods are forecast
   */
  public static PanelForecast of(
      Forecaster forecaster, String dimension, List<Series> panel, List<Model> known, int horizon) {
    int longest = panel.stream().mapToInt(Series::length).max().orElse(0);
    int windows = Math.min(MOST_WINDOWS, Math.max(0, longest - 1) / horizon);
    List<Integer> shifts = IntStream.rangeClosed(0, windows).map(w -> w * horizon).boxed().toList();
    double[][][] past = new double[windows][][];
    List<MemberForecast> now = new ArrayList<>();
    forecaster.roll(
        panel,
        horizon,
        shifts,
        (shift, forecasts) -> {
          if (shift == 0) {
            now.addAll(forecasts);
          } else {
            past[windows - shift / horizon] = means(panel, forecasts, shift, horizon);
          }
        });
    PanelForecast byHistory = new PanelForecast(dimension, panel, now, past);
    return dimension.equals(MODEL) && !panel.isEmpty()
        ? byHistory.lived(known, horizon)
        : byHistory;
  }

  /**
   * Returns the forecasts with launches and run-outs, and those of models that are not sold yet.
   */
  private PanelForecast lived(List<Model> known, int horizon) {
    Map<String, Model> models = new TreeMap<>();
    for (Series series : panel) {
      models.put(series.key(), new Model(series.key(), null, null, null, null, null, null));
    }
    known.forEach(model -> models.put(model.key(), model));
    Series any = panel.get(0);
    LocalDate end = any.day(any.length());
    List<MemberForecast> lived =
        new LifeCycles(any.step(), end, models.values(), panel).apply(forecasts, horizon);
    List<Series> all = new ArrayList<>(panel);
    for (MemberForecast forecast : lived.subList(panel.size(), lived.size())) {
      all.add(new Series(forecast.key(), any.step(), end, any.season(), new double[0]));
    }
    return with(all, lived);
  }

  /**
   * Returns the forecasts of this panel and of members that have never been sold, of which nothing
   * was forecast in the past.
   *
   * @param all the series of this panel, then the others
   * @param lived the forecasts of all
   */
  PanelForecast with(List<Series> all, List<MemberForecast> lived) {
    double[][][] means = new double[past.length][all.size()][];
    for (int w = 0; w < past.length; w++) {
      for (int i = 0; i < all.size(); i++) {
        means[w][i] = i < panel.size() ? past[w][i] : unknown(lived.get(i).mean().length);
      }
    }
    return new PanelForecast(dimension, all, lived, means);
  }

  private static double[] unknown(int horizon) {
    double[] unknown = new double[horizon];
    Arrays.fill(unknown, Double.NaN);
    return unknown;
  }

  private static double[][] means(
      List<Series> panel, List<MemberForecast> forecasts, int shift, int horizon) {
    double[][] means = new double[panel.size()][];
    for (int i = 0; i < means.length; i++) {
      if (panel.get(i).length() > shift) {
        means[i] = forecasts.get(i).mean();
      } else {
        means[i] = unknown(horizon);
      }
    }
    return means;
  }

  /**
   * Returns what a series sold in a window; NaN where it had not begun.
   *
   * @param series its place in the panel
   * @param window the window, 0 for the oldest
   */
  double[] sold(int series, int window) {
    Series whole = panel.get(series);
    double[] sold = new double[past[window][series].length];
    int first = whole.length() - (past.length - window) * sold.length;
    for (int h = 0; h < sold.length; h++) {
      sold[h] = first > 0 ? whole.values()[first + h] : Double.NaN;
    }
    return sold;
  }
}
