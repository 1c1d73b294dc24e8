package io.autopulse.domain.forecast.smoothing;

import io.autopulse.domain.forecast.Method;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The Theta method and its optimised and dynamic kin (Assimakopoulos and Nikolopoulos 2000,
 * Fiorucci et al. 2016): a line through the history and a smoothed level, together. A season is
 * taken out by moving averages and put back afterwards; it multiplies if all values are positive.
 *
 * <p>Without anything to fit it forecasts more simply: a constant history by its value, one of at
 * most 3 values, and one whose numbers are too large to be squared, by its mean, an empty one by 0.
 */
public final class Theta implements Method {
  private static final int SHORTEST_FITTED = 4;
  private static final double LEAST_FACTOR = 0.01;

  private final String name;
  private final List<ThetaForm> forms;
  private final SeasonalityTest test;

  private Theta(String name, List<ThetaForm> forms, SeasonalityTest test) {
    this.name = name;
    this.forms = forms;
    this.test = test;
  }

  /**
   * Takes the model of the family that fits best; named {@code theta}.
   *
   * @param test decides whether a season is taken out
   */
  public static Theta automatic(SeasonalityTest test) {
    return new Theta("theta", List.of(ThetaForm.values()), test);
  }

  /**
   * Fits one model; named {@code theta_} and the model, such as {@code theta_dynamic_optimised}.
   *
   * @param form the model
   * @param test decides whether a season is taken out
   */
  public static Theta of(ThetaForm form, SeasonalityTest test) {
    return new Theta("theta_" + form.name().toLowerCase(Locale.ROOT), List.of(form), test);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double[] forecast(double[] history, int season, int horizon) {
    if (history.length > 0 && PlainForecast.constant(history)) {
      return PlainForecast.flat(history[0], horizon);
    }
    if (history.length < SHORTEST_FITTED) {
      return PlainForecast.mean(history, horizon);
    }
    boolean seasonal = season > 1 && history.length >= 2 * season && test.seasonal(history, season);
    double[] forecast = seasonal ? seasonal(history, season, horizon) : adjusted(history, horizon);
    return forecast == null
        ? PlainForecast.mean(history, horizon)
        : PlainForecast.finite(forecast, history);
  }

  private double @Nullable [] seasonal(double[] history, int season, int horizon) {
    boolean factors = true;
    for (double value : history) {
      factors &= value > 0;
    }
    double[] pattern = ClassicalDecomposition.season(history, season, factors);
    if (factors && !above(pattern, LEAST_FACTOR)) {
      factors = false;
      pattern = ClassicalDecomposition.season(history, season, false);
    }
    double[] rest = new double[history.length];
    for (int i = 0; i < rest.length; i++) {
      double s = pattern[i % season];
      rest[i] = factors ? history[i] / s : history[i] - s;
    }
    double[] forecast = adjusted(rest, horizon);
    if (forecast != null) {
      for (int k = 0; k < horizon; k++) {
        double s = pattern[(history.length + k) % season];
        forecast[k] = factors ? forecast[k] * s : forecast[k] + s;
      }
    }
    return forecast;
  }

  private double @Nullable [] adjusted(double[] y, int horizon) {
    NelderMead search = new NelderMead(3);
    ThetaFit best = null;
    double smallest = Double.POSITIVE_INFINITY;
    for (ThetaForm form : forms) {
      ThetaFit fit = new ThetaFit(y, form);
      double error = fit.fit(search);
      if (error < smallest) {
        smallest = error;
        best = fit;
      }
    }
    return best == null ? null : best.forecast(horizon);
  }

  private static boolean above(double[] values, double least) {
    for (double value : values) {
      if (!(value >= least)) {
        return false;
      }
    }
    return true;
  }
}
