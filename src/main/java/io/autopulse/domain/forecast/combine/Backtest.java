package io.autopulse.domain.forecast.combine;

import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.accuracy.Errors;
import io.autopulse.domain.forecast.interval.Past;
import io.autopulse.domain.forecast.simple.Naive;
import io.autopulse.domain.forecast.simple.SeasonalNaive;
import java.util.Arrays;

/**
 * How the methods of a recipe did in the windows of one series: the forecasts, what came, and the
 * errors of the methods relative to each other.
 */
final class Backtest {
  private static final Naive NAIVE = new Naive();
  private static final SeasonalNaive SEASONAL_NAIVE = new SeasonalNaive();

  private final Windows layout;
  private final int horizon;
  private final double scale;
  private final boolean seasonal;
  private final SeriesKind kind;
  private final double[][] actuals;
  private final double[][][] forecasts;
  private final double[][] relative;
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
    this.kind = SeriesKind.of(series.first(Math.max(0, shortest)));
    this.actuals = new double[windows][];
    this.forecasts = new double[windows][][];
    double[][] logs = new double[windows][];
    this.relative = new double[windows == 0 ? 0 : layout.count() + 1][];
    this.naive = new double[windows][];
    this.seasonalNaive = new double[windows][];
    for (int w = 0; w < windows; w++) {
      int shift = layout.shift(w, horizon);
      int known = series.length() - shift;
      actuals[w] = Arrays.copyOfRange(series.values(), known, known + horizon);
      forecasts[w] = candidates.at(base + shift)[place];
      double[] errors = new double[forecasts[w].length];
      for (int m = 0; m < errors.length; m++) {
        errors[m] =
            forecasts[w][m].length == 0 ? Double.NaN : kind.error(actuals[w], forecasts[w][m]);
      }
      logs[w] = Weights.relative(errors);
      double[] history = series.first(known).values();
      naive[w] = NAIVE.forecast(history, series.season(), horizon);
      seasonalNaive[w] = SEASONAL_NAIVE.forecast(history, series.season(), horizon);
    }
    for (int without = -1; without < layout.count() && windows > 0; without++) {
      relative[without + 1] = relativeWithout(without, logs);
    }
  }

  int windows() {
    return actuals.length;
  }

  /** Tells whether the series has a season, and at least one whole one before its windows. */
  boolean isSeasonal() {
    return seasonal;
  }

  /** Returns what kind of series it was before its windows. */
  SeriesKind kind() {
    return kind;
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
   * window, as logarithms; NaN for a method that forecast none of them. Each window counts by its
   * age alone: one in which all methods failed, as in a lockdown, does not drown the others.
   *
   * @param without the window; -1 for none
   */
  double[] relative(int without) {
    return relative[without + 1];
  }

  private double[] relativeWithout(int without, double[][] logs) {
    double[] mean = new double[logs[0].length];
    for (int m = 0; m < mean.length; m++) {
      double sum = 0;
      double weights = 0;
      for (int w = 0; w < windows(); w++) {
        if (counts(w, without) && !Double.isNaN(logs[w][m])) {
          weights += Past.weight(w);
          sum += Past.weight(w) * logs[w][m];
        }
      }
      mean[m] = weights > 0 ? sum / weights : Double.NaN;
    }
    return mean;
  }

  private boolean counts(int window, int without) {
    return without < 0 || !layout.overlap(window, without, horizon);
  }
}
