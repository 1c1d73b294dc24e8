package io.autopulse.domain.forecast.smoothing;

/**
 * The likelihood of a model of exponential smoothing, as {@code -2 log L} without its constants
 * (Hyndman et al. 2008, chapter 5). Parameters are the weights alpha, beta, gamma and phi as far as
 * the form has them, then the first level, growth and seasonal states.
 *
 * <p>This is the inner loop of the fit: it allocates nothing, and each kind of model has a loop of
 * its own.
 */
final class EtsLikelihood implements NelderMead.Objective {
  private static final double TINY = 1e-10;
  private static final double HUGE = 1e10;

  private final double[] y;
  private final EtsForm form;
  private final boolean relativeErrors;
  private final int period;
  // the seasonal state of period i is at i % period: no state moves when time goes on
  private final double[] ring;

  private double alpha;
  private double beta;
  private double gamma;
  private double phi;
  private double level;
  private double growth;

  // the sum of the logs of the forecasts, taken of products because logs are slow
  private double product;
  private double logs;

  /**
   * Prepares the likelihood of one form.
   *
   * @param y the history
   * @param form the components
   * @param season how many periods make a season
   */
  EtsLikelihood(double[] y, EtsForm form, int season) {
    this.y = y;
    this.form = form;
    this.relativeErrors = form.multiplicativeError();
    this.period = form.seasonal() ? season : 1;
    this.ring = new double[period];
  }

  @Override
  public double value(double[] at) {
    if (!start(at)) {
      return Double.POSITIVE_INFINITY;
    }
    product = 1;
    logs = 0;
    return ofSquares(form.seasonal() ? seasonal() : trend());
  }

  private double ofSquares(double squares) {
    double value = y.length * Math.log(squares > 0 ? squares : squares + 1e-8);
    if (relativeErrors) {
      value += 2 * (logs + Math.log(product));
    }
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : Math.max(value, -HUGE);
  }

  /** Whether {@link #values} can take this form and another one that can together. */
  boolean goesWithOthers() {
    return !form.seasonal();
  }

  /**
   * Returns the values of two forms of one history that go together. Each step of a smoothing waits
   * for the one before; two in one loop fill each other's pauses, and each gives the same number as
   * alone.
   *
   * @param at the parameters of this form
   * @param other the other form
   * @param otherAt its parameters
   * @param values takes both values
   */
  void values(double[] at, EtsLikelihood other, double[] otherAt, double[] values) {
    start(at);
    other.start(otherAt);
    logs = 0;
    other.logs = 0;
    trends(other, values);
    values[0] = ofSquares(values[0]);
    values[1] = other.ofSquares(values[1]);
  }

  /**
   * Returns the states after the last period of the history.
   *
   * @param at the fitted parameters
   */
  EtsState after(double[] at) {
    value(at);
    double[] season = new double[form.seasonal() ? period : 0];
    for (int j = 0; j < season.length; j++) {
      season[j] = ring[(y.length + j) % period];
    }
    return new EtsState(form, level, growth, phi, season);
  }

  /** Reads the parameters; no, if a factor of the season is negative. */
  private boolean start(double[] at) {
    int next = 0;
    alpha = at[next++];
    beta = form.trend() ? at[next++] : 0;
    gamma = form.seasonal() ? at[next++] : 0;
    phi = form.damped() ? at[next++] : 1;
    level = at[next++];
    growth = form.trend() ? at[next++] : 0;
    if (!form.seasonal()) {
      return true;
    }
    boolean factors = form.season() == EtsForm.Season.MULTIPLICATIVE;
    double sum = 0;
    double least = 0;
    for (int i = 0; i < period - 1; i++) {
      double state = at[next++];
      ring[period - 1 - i] = state;
      sum += state;
      least = Math.min(least, state);
    }
    ring[0] = (factors ? period : 0) - sum;
    return !factors || Math.min(least, ring[0]) >= 0;
  }

  // Level and growth of each step follow from forecast and carried growth of the one before. So a
  // step waits for three operations of the last one; as the model is written, it would be five.
  private double trend() {
    double damping = phi;
    double toCarried = phi * beta;
    double toForecast = alpha + toCarried;
    double carried = phi * growth;
    double forecast = level + carried;
    double squares = 0;
    for (double value : y) {
      double error = value - forecast;
      double scaled = relativeErrors ? relative(error, forecast) : error;
      squares += scaled * scaled;
      double kept = damping * carried;
      forecast = forecast + kept + toForecast * error;
      carried = kept + toCarried * error;
    }
    level = forecast - carried;
    growth = carried / phi;
    return squares;
  }

  private void trends(EtsLikelihood other, double[] squares) {
    boolean relative1 = relativeErrors;
    boolean relative2 = other.relativeErrors;
    double damping1 = phi;
    double damping2 = other.phi;
    double toCarried1 = phi * beta;
    double toCarried2 = other.phi * other.beta;
    double toForecast1 = alpha + toCarried1;
    double toForecast2 = other.alpha + toCarried2;
    double carried1 = phi * growth;
    double carried2 = other.phi * other.growth;
    double forecast1 = level + carried1;
    double forecast2 = other.level + carried2;
    double squares1 = 0;
    double squares2 = 0;
    double product1 = 1;
    double product2 = 1;
    for (double value : y) {
      double error1 = value - forecast1;
      double error2 = value - forecast2;
      double scaled1 = error1;
      double scaled2 = error2;
      if (relative1) {
        scaled1 /= divisor(forecast1);
        product1 *= size(forecast1);
        if (isFar(product1)) {
          logs += Math.log(product1);
          product1 = 1;
        }
      }
      if (relative2) {
        scaled2 /= divisor(forecast2);
        product2 *= size(forecast2);
        if (isFar(product2)) {
          other.logs += Math.log(product2);
          product2 = 1;
        }
      }
      squares1 += scaled1 * scaled1;
      squares2 += scaled2 * scaled2;
      double kept1 = damping1 * carried1;
      double kept2 = damping2 * carried2;
      forecast1 = forecast1 + kept1 + toForecast1 * error1;
      forecast2 = forecast2 + kept2 + toForecast2 * error2;
      carried1 = kept1 + toCarried1 * error1;
      carried2 = kept2 + toCarried2 * error2;
    }
    product = product1;
    other.product = product2;
    squares[0] = squares1;
    squares[1] = squares2;
  }

  private double seasonal() {
    boolean factors = form.season() == EtsForm.Season.MULTIPLICATIVE;
    boolean growing = form.trend();
    double a = alpha;
    double share = beta;
    double damping = phi;
    double g = gamma;
    double l = level;
    double b = growth;
    double squares = 0;
    int j = 0;
    for (double value : y) {
      double carried = damping * b;
      double trend = l + carried;
      double s = ring[j];
      double forecast = factors ? trend * s : trend + s;
      double error = value - forecast;
      if (relativeErrors) {
        error = relative(error, forecast);
      }
      squares += error * error;
      double adjusted = factors ? (Math.abs(s) < TINY ? HUGE : value / s) : value - s;
      l = trend + a * (adjusted - trend);
      if (growing) {
        b = carried + share * (adjusted - trend);
      }
      double seen = factors ? (Math.abs(trend) < TINY ? HUGE : value / trend) : value - trend;
      ring[j] = s + g * (seen - s);
      if (++j == period) {
        j = 0;
      }
    }
    level = l;
    growth = b;
    return squares;
  }

  /** Returns an error relative to its forecast and counts the forecast's size. */
  private double relative(double error, double forecast) {
    product *= size(forecast);
    if (isFar(product)) {
      logs += Math.log(product);
      product = 1;
    }
    return error / divisor(forecast);
  }

  private static boolean isFar(double product) {
    return product > 1e150 || product < 1e-150;
  }

  private static double size(double forecast) {
    double size = Math.abs(forecast);
    return size > 0 ? size : 1e-8;
  }

  private static double divisor(double forecast) {
    return Math.abs(forecast) < TINY ? forecast + TINY : forecast;
  }
}
