package io.autopulse.domain.forecast.smoothing;

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

  private final double[] y;
  private final ThetaForm form;
  private final double size;
  private final double lineStart;
  private final double lineGrowth;

  // the state after the history that was gone through last
  private double level;
  private double mean;
  private double start;
  private double growth;
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
    lineGrowth = 6 * (2 * (weighted / n) - (n + 1) * (sum / n)) / ((double) n * n - 1);
    lineStart = sum / n - (n + 1) * lineGrowth / 2;
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
    start(at);
    double squares = form.dynamic ? dynamic() : fixed();
    double value = squares / size;
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
  }

  private void start(double[] at) {
    alpha = at[1];
    pull = 1 - 1 / (form.optimised ? at[2] : STANDARD_THETA);
    level = alpha * y[0] + (1 - alpha) * at[0];
    mean = y[0];
    start = form.dynamic ? y[0] : lineStart;
    growth = form.dynamic ? 0 : lineGrowth;
  }

  private double fixed() {
    double a = alpha;
    double kept = 1 - a;
    double l = level;
    double power = kept; // kept to the power of the period
    double limit = growth / a;
    double squares = 0;
    for (int i = 1; i < y.length; i++) {
      double next = power * kept;
      double error = y[i] - (l + pull * (start * power + limit * (1 - next)));
      if (i >= UNCOUNTED) {
        squares += error * error;
      }
      l = a * y[i] + kept * l;
      power = next;
    }
    level = l;
    return squares;
  }

  private double dynamic() {
    double a = alpha;
    double kept = 1 - a;
    double l = level;
    double m = mean;
    double from = start;
    double slope = growth;
    double power = kept;
    double squares = 0;
    for (int i = 1; i < y.length; i++) {
      double value = y[i];
      double next = power * kept;
      double error = value - (l + pull * (from * power + slope * (1 - next) / a));
      if (i >= UNCOUNTED) {
        squares += error * error;
      }
      l = a * value + kept * l;
      slope = ((i - 1) * slope + 6 * (value - m) / (i + 1)) / (i + 2);
      m = (i * m + value) / (i + 1);
      from = m - slope * (i + 2) / 2;
      power = next;
    }
    level = l;
    mean = m;
    start = from;
    growth = slope;
    return squares;
  }

  /** Returns the point forecasts after {@link #fit}; each is taken for what happens next. */
  double[] forecast(int horizon) {
    double kept = 1 - alpha;
    double l = level;
    double m = mean;
    double from = start;
    double slope = growth;
    double[] forecast = new double[horizon];
    for (int k = 0; k < horizon; k++) {
      int i = y.length + k;
      double power = Math.pow(kept, i);
      double value = l + pull * (from * power + slope * (1 - power * kept) / alpha);
      forecast[k] = value;
      l = alpha * value + kept * l;
      if (form.dynamic) {
        slope = ((i - 1) * slope + 6 * (value - m) / (i + 1)) / (i + 2);
        m = (i * m + value) / (i + 1);
        from = m - slope * (i + 2) / 2;
      }
    }
    return forecast;
  }
}
