package io.autopulse.domain.forecast.combine;

import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.accuracy.Errors;
import io.autopulse.domain.forecast.simple.Naive;
import io.autopulse.domain.forecast.simple.SeasonalNaive;
import java.util.Arrays;

/**
 * How the methods of a recipe did in the windows of one series: the forecasts, what came, and the
 * errors as multiples of the series' scale.
 */
final class Backtest {
  private static final Naive NAIVE = new Naive();
  private static final SeasonalNaive SEASONAL_NAIVE = new SeasonalNaive();
  private static final double FADING = Double.parseDouble(System.getProperty("fade", "0.9"));

  private final Windows layout;
  private final int horizon;
  private final double scale;
  private final boolean seasonal;
  private final double[][] actuals;
  private final double[][][] forecasts;
  private final double[][] errors;
  private final double[][] naive;
  private final double[][] seasonalNaive;

  /**
   * Makes the backtest of a series.
   *
   * @param candidates the forecasts
   * @param place the place of the series in the panel
   * @param base how many periods at the panel's end are unknown
   * @param layout where the windows lie
   */
  Backtest(Candidates candidates, int place, int base, Windows layout) {
    this.layout = layout;
    this.horizon = candidates.horizon();
    Series whole = candidates.panel().get(place);
    Series series = whole.first(Math.max(0, whole.length() - base));
    int windows = layout.of(series.length(), series.season(), horizon);
    double step = Errors.scale(series.values(), series.season());
    this.scale = step > 0 ? step : 1;
    int shortest = series.length() - layout.shift(Math.max(0, windows - 1), horizon);
    this.seasonal = series.season() > 1 && shortest >= series.season();
    this.actuals = new double[windows][];
    this.forecasts = new double[windows][][];
    this.errors = new double[windows][];
    this.naive = new double[windows][];
    this.seasonalNaive = new double[windows][];
    for (int w = 0; w < windows; w++) {
      int shift = layout.shift(w, horizon);
      int known = series.length() - shift;
      actuals[w] = Arrays.copyOfRange(series.values(), known, known + horizon);
      forecasts[w] = candidates.at(base + shift)[place];
      errors[w] = new double[forecasts[w].length];
      for (int m = 0; m < errors[w].length; m++) {
        errors[w][m] = Errors.mae(actuals[w], forecasts[w][m]) / scale;
      }
      double[] history = series.first(known).values();
      naive[w] = NAIVE.forecast(history, series.season(), horizon);
      seasonalNaive[w] = SEASONAL_NAIVE.forecast(history, series.season(), horizon);
    }
  }

  int windows() {
    return actuals.length;
  }

  /** Tells whether the series has a season, and at least one whole one before its windows. */
  boolean isSeasonal() {
    return seasonal;
  }

  /** Returns the mean absolute difference of values a season apart; 1 where there is none. */
  double scale() {
    return scale;
  }

  double[] actual(int window) {
    return actuals[window];
  }

  double[][] forecasts(int window) {
    return forecasts[window];
  }

  double[] naive(int window) {
    return naive[window];
  }

  double[] seasonalNaive(int window) {
    return seasonalNaive[window];
  }

  /** Returns how many windows do not overlap a window; all of them for window -1. */
  int others(int without) {
    int others = 0;
    for (int w = 0; w < windows(); w++) {
      others += counts(w, without) ? 1 : 0;
    }
    return others;
  }

  /**
   * Returns the errors of the methods relative to each other in the windows that do not overlap a
   * window, as logarithms. Each window counts by its age alone: one in which all methods failed, as
   * in a lockdown, does not drown the others.
   *
   * @param without the window; -1 for none
   */
  double[] relative(int without) {
    double[] mean = new double[errors[0].length];
    double weights = 0;
    for (int w = 0; w < windows(); w++) {
      if (counts(w, without)) {
        double weight = weight(w);
        double[] relative = Weights.relative(errors[w]);
        weights += weight;
        for (int m = 0; m < mean.length; m++) {
          mean[m] += weight * relative[m];
        }
      }
    }
    for (int m = 0; m < mean.length; m++) {
      mean[m] /= weights;
    }
    return mean;
  }

  /** Returns how much a window counts: the older, the less. */
  static double weight(int window) {
    return Math.pow(FADING, window);
  }

  private boolean counts(int window, int without) {
    return without < 0 || !layout.overlap(window, without, horizon);
  }
}
