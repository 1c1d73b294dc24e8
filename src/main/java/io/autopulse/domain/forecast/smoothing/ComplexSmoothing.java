package io.autopulse.domain.forecast.smoothing;

import io.autopulse.domain.forecast.Method;
import org.jspecify.annotations.Nullable;

/**
 * Complex exponential smoothing (Svetunkov, Kourentzes and Ord 2022), named {@code ces}: the level
 * is a complex number, which follows levels and trends alike and needs no choice between them. The
 * smallest AICc chooses among no season, a simple, a partial and a full one.
 *
 * <p>A season needs two of them in the history and has at most {@value #LONGEST_SEASON} periods.
 * Without anything to fit it forecasts more simply: a constant history by its value, one of at most
 * 4 values, one that grows beyond all numbers, and one whose numbers are too large to be squared,
 * by its mean, an empty one by 0.
 */
public final class ComplexSmoothing implements Method {
  private static final int LONGEST_SEASON = 24;
  private static final int SHORTEST_FITTED = 5;

  @Override
  public String name() {
    return "ces";
  }

  @Override
  public double[] forecast(double[] history, int season, int horizon) {
    if (history.length > 0 && PlainForecast.constant(history)) {
      return PlainForecast.flat(history[0], horizon);
    }
    ComplexFit fit = history.length < SHORTEST_FITTED ? null : fit(history, season);
    return fit == null
        ? PlainForecast.mean(history, horizon)
        : PlainForecast.finite(fit.forecast(horizon), history);
  }

  private static @Nullable ComplexFit fit(double[] y, int season) {
    boolean seasonal = season > 1 && season <= LONGEST_SEASON && y.length >= 2 * season;
    NelderMead search = new NelderMead(4);
    ComplexFit best = null;
    double smallest = Double.POSITIVE_INFINITY;
    for (ComplexFit.Form form : ComplexFit.Form.values()) {
      if (form != ComplexFit.Form.NONE && !seasonal) {
        continue;
      }
      ComplexFit fit = new ComplexFit(y, form, season);
      double criterion = Ets.criterion(fit.fit(search), form.components + 1, y.length);
      if (criterion < smallest) {
        smallest = criterion;
        best = fit;
      }
    }
    return best;
  }
}
