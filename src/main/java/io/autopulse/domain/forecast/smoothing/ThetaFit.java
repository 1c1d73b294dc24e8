package io.autopulse.domain.forecast.smoothing;

import java.util.Arrays;

/**
 * A model of the Theta family on one history, which is its own objective: parameters are the first
 * level, alpha and, if it is fitted, theta. The value is the sum of squared one-step errors from
 * the fourth period on, divided by the mean size of the values, as in the reference.
 */
final class ThetaFit implements NelderMead.Objective {
  private static final double[] LOWER = {-1e10, 0.1, 1};
  private static final double[] UPPER = {1e10, 0.99, 1e10};
  private static final double FIRST_ALPHA = 0.5;
  private static final double STANDARD_THETA = 2;
  private static final int UNCOUNTED = 3;
  private static final double NOTHING = 1e-300;

  private final double[] y;
  private final ThetaForm form;
  private final double size;
  // the line as it is known before each period: it does not depend on the parameters
  private final double[] starts;
  private final double[] growths;
  private final double mean;

  // the level after the history that was gone through last, and the parameters
  private double level;
  private double alpha;
  private double pull;

  /**
   * Prepares a fit.
   *
   * @param y the history, at least 4 values
   * @param form the model
   */
  ThetaFit(double[] y, ThetaForm form) {
    this.y = y;
    this.form = form;
    int n = y.length;
    double sum = 0;
    double weighted = 0;
    double sizes = 0;
    for (int i = 0; i < n; i++) {
      sum += y[i];
      weighted += y[i] * (i + 1);
      sizes += Math.abs(y[i]);
    }
    size = Math.max(sizes / n, 1e-10);
    double growth = 6 * (2 * (weighted / n) - (n + 1) * (sum / n)) / ((double) n * n - 1);
    starts = new double[n + 1];
    growths = new double[n + 1];
    Arrays.fill(starts, sum / n - (n + 1) * growth / 2);
    Arrays.fill(growths, growth);
    mean = form.dynamic ? moveLine() : 0;
  }

  private double moveLine() {
    double moving = y[0];
    starts[1] = y[0];
    growths[1] = 0;
    for (int i = 1; i < y.length; i++) {
      growths[i + 1] = nextGrowth(i, growths[i], y[i], moving);
      moving = (i * moving + y[i]) / (i + 1);
      starts[i + 1] = moving - growths[i + 1] * (i + 2) / 2;
    }
    return moving;
  }

  /** Returns the growth of the line through all values up to one. */
  private static double nextGrowth(int index, double growth, double value, double mean) {
    return ((index - 1) * growth + 6 * (value - mean) / (index + 1)) / (index + 2);
  }

  /**
   * Fits the parameters and goes through the history with them.
   *
   * @param search the search that is used
   * @return the value of the objective
   */
  double fit(NelderMead search) {
    double[] first = {y[0] / 2, FIRST_ALPHA, STANDARD_THETA};
    double[] fitted = search.minimise(this, first, LOWER, UPPER, form.optimised ? 3 : 2);
    value(fitted);
    return search.minimum();
  }

  @Override
  public double value(double[] at) {
    alpha = at[1];
    pull = 1 - 1 / (form.optimised ? at[2] : STANDARD_THETA);
    double value = squares(alpha * y[0] + (1 - alpha) * at[0]) / size;
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
  }

  private double squares(double first) {
    double a = alpha;
    double kept = 1 - a;
    double inverse = 1 / a;
    double l = first;
    double power = kept; // kept to the power of the period
    double squares = 0;
    for (int i = 1; i < y.length; i++) {
      double next = power * kept;
      double line = starts[i] * power + growths[i] * (1 - next) * inverse;
      double error = y[i] - (l + pull * line);
      if (i >= UNCOUNTED) {
        squares += error * error;
      }
      l = a * y[i] + kept * l;
      power = next < NOTHING ? 0 : next; // the smallest numbers are slow
    }
    level = l;
    return squares;
  }

  /** Returns the point forecasts after {@link #fit}; each is taken for what happens next. */
  double[] forecast(int horizon) {
    double kept = 1 - alpha;
    double l = level;
    double m = mean;
    double from = starts[y.length];
    double slope = growths[y.length];
    double[] forecast = new double[horizon];
    for (int k = 0; k < horizon; k++) {
      int i = y.length + k;
      double power = Math.pow(kept, i);
      double value = l + pull * (from * power + slope * (1 - power * kept) / alpha);
      forecast[k] = value;
      l = alpha * value + kept * l;
      if (form.dynamic) {
        slope = nextGrowth(i, slope, value, m);
        m = (i * m + value) / (i + 1);
        from = m - slope * (i + 2) / 2;
      }
    }
    return forecast;
  }
}
