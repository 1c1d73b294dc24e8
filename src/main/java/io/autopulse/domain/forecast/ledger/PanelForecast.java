package io.autopulse.domain.forecast.ledger;

import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.combine.Forecaster;
import io.autopulse.domain.forecast.life.LifeCycles;
import io.autopulse.domain.forecast.life.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The forecasts of all series of one dimension, before they are made to add up, and what would have
 * been forecast one horizon ago, two horizons ago and so on.
 *
 * @param dimension the dimension's name
 * @param panel the series, sorted by member
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
  private static final String MODEL = "model";

  /** Copies the lists. */
  public PanelForecast {
    panel = List.copyOf(panel);
    forecasts = List.copyOf(forecasts);
  }

  /**
   * Forecasts a panel, now and as it would have been.
   *
   * @param horizon how many periods are forecast
   */
  public static PanelForecast of(
      Forecaster forecaster, String dimension, List<Series> panel, int horizon) {
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
    return new PanelForecast(
        dimension, panel, dimension.equals(MODEL) ? lived(panel, now, horizon) : now, past);
  }

  // Of vehicles only today's launch dates and ends are known, not those that were known on the
  // as-of date. So a model is launched with its first sale.
  private static List<MemberForecast> lived(
      List<Series> panel, List<MemberForecast> forecasts, int horizon) {
    if (panel.isEmpty()) {
      return forecasts;
    }
    Series any = panel.get(0);
    List<Model> models =
        panel.stream().map(s -> new Model(s.key(), null, null, null, null, null, null)).toList();
    Map<String, MemberForecast> lived = new HashMap<>();
    new LifeCycles(any.step(), any.day(any.length()), models, panel)
        .apply(forecasts, horizon)
        .forEach(forecast -> lived.put(forecast.key(), forecast));
    return forecasts.stream().map(f -> lived.getOrDefault(f.key(), f)).toList();
  }

  private static double[][] means(
      List<Series> panel, List<MemberForecast> forecasts, int shift, int horizon) {
    double[][] means = new double[panel.size()][];
    for (int i = 0; i < means.length; i++) {
      if (panel.get(i).length() > shift) {
        means[i] = forecasts.get(i).mean();
      } else {
        means[i] = new double[horizon];
        Arrays.fill(means[i], Double.NaN);
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
