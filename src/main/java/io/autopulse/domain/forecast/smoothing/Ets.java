package io.autopulse.domain.forecast.smoothing;

import io.autopulse.domain.forecast.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exponential smoothing in state-space form (Hyndman, Koehler, Ord and Snyder 2008): error, trend
 * and season are additive or multiplicative, a trend may fade, weights and first states are fitted
 * by maximum likelihood, and the smallest AICc chooses among the forms.
 *
 * <p>A season of more than {@value #LONGEST_SEASON} periods is left out: so many states cannot be
 * estimated, and the fit takes minutes. Without anything to fit it forecasts more simply: a
 * constant history by its value, one of at most 6 values, and one whose numbers are too large to be
 * squared, by its mean, an empty one by 0.
 */
public final class Ets implements Method {
  private static final int LONGEST_SEASON = 24;
  private static final int SHORTEST_FITTED = 7;

  private static final double LOWEST_WEIGHT = 1e-4;
  private static final double HIGHEST_WEIGHT = 0.9999;
  private static final double LOWEST_PHI = 0.8;
  private static final double HIGHEST_PHI = 0.98;

  private final String name;
  private final @Nullable EtsForm only;
  private final int last;

  private Ets(String name, @Nullable EtsForm only, int last) {
    this.name = name;
    this.only = only;
    this.last = last;
  }

  /** Chooses among all forms; named {@code ets}. */
  public static Ets automatic() {
    return new Ets("ets", null, Integer.MAX_VALUE);
  }

  /**
   * Chooses among all forms and looks at the newest values only: old ones of a long history mislead
   * it. Named {@code ets_260} for the last 260 values.
   *
   * @param last how many values it looks at, at least 1
   */
  public static Ets ofLast(int last) {
    if (last < 1) {
      throw new IllegalArgumentException("ETS needs at least one value, not " + last);
    }
    return new Ets("ets_" + last, null, last);
  }

  /** Fits level and trend: Holt's method, named {@code holt}. */
  public static Ets holt() {
    return new Ets("holt", EtsForm.HOLT, Integer.MAX_VALUE);
  }

  /** Fits level and fading trend, named {@code holt_damped}. */
  public static Ets holtDamped() {
    return new Ets("holt_damped", EtsForm.HOLT_DAMPED, Integer.MAX_VALUE);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double[] forecast(double[] history, int season, int horizon) {
    double[] y =
        history.length > last
            ? Arrays.copyOfRange(history, history.length - last, history.length)
            : history;
    if (y.length > 0 && PlainForecast.constant(y)) {
      return PlainForecast.flat(y[0], horizon);
    }
    EtsState state = y.length < SHORTEST_FITTED ? null : fit(y, season);
    return state == null
        ? PlainForecast.mean(y, horizon)
        : PlainForecast.finite(state.forecast(horizon), y);
  }

  /** Fits the forms that suit a history and returns the best one; null if none can be fitted. */
  @Nullable EtsState fit(double[] y, int season) {
    boolean seasonal = season > 1 && season <= LONGEST_SEASON && y.length > season;
    boolean positive = true;
    for (double value : y) {
      positive &= value > 0;
    }
    return best(y, season, only == null ? EtsForm.candidates(positive, seasonal) : List.of(only));
  }

  private static @Nullable EtsState best(double[] y, int season, List<EtsForm> forms) {
    List<EtsFit> fits = fits(y, season, forms);
    EtsFit.run(fits);
    EtsFit best = null;
    double smallest = Double.POSITIVE_INFINITY;
    for (EtsFit fit : fits) {
      double criterion = criterion(fit.minimum(), fit.size() + 1, y.length);
      if (criterion < smallest) {
        smallest = criterion;
        best = fit;
      }
    }
    return best == null ? null : best.state();
  }

  /** Returns the fits of the forms that have fewer parameters than the history has values. */
  private static List<EtsFit> fits(double[] y, int season, List<EtsForm> forms) {
    List<EtsFit> fits = new ArrayList<>(forms.size());
    // as in the reference, a form's bounds narrow those of the forms after it
    double highestBeta = HIGHEST_WEIGHT;
    double highestGamma = HIGHEST_WEIGHT;
    for (EtsForm form : forms) {
      int size = form.weights() + form.states(season);
      double[] start = new double[size];
      double[] lower = new double[size];
      double[] upper = new double[size];
      double alpha =
          LOWEST_WEIGHT + 0.2 * (HIGHEST_WEIGHT - LOWEST_WEIGHT) / (form.seasonal() ? season : 1);
      int weights = 0;
      start[weights] = alpha;
      lower[weights] = LOWEST_WEIGHT;
      upper[weights++] = HIGHEST_WEIGHT;
      if (form.trend()) {
        highestBeta = Math.min(highestBeta, alpha);
        start[weights] = LOWEST_WEIGHT + 0.1 * (highestBeta - LOWEST_WEIGHT);
        lower[weights] = LOWEST_WEIGHT;
        upper[weights++] = highestBeta;
      }
      if (form.seasonal()) {
        highestGamma = Math.min(highestGamma, 1 - alpha);
        start[weights] = LOWEST_WEIGHT + 0.05 * (highestGamma - LOWEST_WEIGHT);
        lower[weights] = LOWEST_WEIGHT;
        upper[weights++] = highestGamma;
      }
      if (form.damped()) {
        start[weights] = LOWEST_PHI + 0.99 * (HIGHEST_PHI - LOWEST_PHI);
        lower[weights] = LOWEST_PHI;
        upper[weights++] = HIGHEST_PHI;
      }
      if (size < y.length - 1) {
        EtsStart.write(y, form, season, start, weights);
        Arrays.fill(lower, weights, size, Double.NEGATIVE_INFINITY);
        Arrays.fill(upper, weights, size, Double.POSITIVE_INFINITY);
        fits.add(new EtsFit(new EtsLikelihood(y, form, season), start, lower, upper));
      }
    }
    return fits;
  }

  /** Returns Akaike's information criterion, corrected for few values. */
  static double criterion(double likelihood, int parameters, int values) {
    int left = values - parameters - 1;
    return left == 0
        ? Double.POSITIVE_INFINITY
        : likelihood + 2.0 * parameters + 2.0 * parameters * (parameters + 1) / left;
  }
}
