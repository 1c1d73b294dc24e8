package io.autopulse.domain.forecast.smoothing;

/**
 * One form of complex exponential smoothing on one history, which is its own objective. Parameters
 * are the real and the imaginary part of the weight, less 0 and less 1 as the reference has them,
 * then those of the season. Before its errors are counted it goes through the history forwards and
 * backwards, so that the first states come from the history too.
 *
 * <p>The level is a complex number, whose second part carries what the first leaves out. A simple
 * season has one of them for each period of the season; a partial one adds one number a period to
 * the level, a full one a complex number.
 */
final class ComplexFit implements NelderMead.Objective {
  /** How a season enters. */
  enum Form {
    NONE(2),
    SIMPLE(2),
    PARTIAL(3),
    FULL(4);

    /** How many states a period has; there are as many parameters. */
    final int components;

    Form(int components) {
      this.components = components;
    }
  }

  private static final double[] LOWER = {0.01, 0.01, 0.01, 0.01};
  private static final double[] UPPER = {1.8, 1.9, 1.5, 1.5};
  private static final double[] START = {1.3, 1, 1.3, 1};
  private static final double[] START_PARTIAL = {1.3, 1, 0.1};
  private static final double FIRST_RATIO = 1.1;
  private static final int FIRST_VALUES = 10;

  private final double[] y;
  private final Form form;
  private final int period;
  private final double firstMean;
  private final double[] firstSeason;

  // the parts of the level; of a simple season those of period i are at i % period of the rings
  private double real;
  private double imaginary;
  private final double[] realRing;
  private final double[] imaginaryRing;
  private final double[] turned;

  private double alphaReal;
  private double alphaImaginary;
  private double betaReal;
  private double betaImaginary;

  /**
   * Prepares a fit.
   *
   * @param y the history, at least two seasons
   * @param form the form
   * @param season how many periods make a season
   */
  ComplexFit(double[] y, Form form, int season) {
    this.y = y;
    this.form = form;
    period = form == Form.NONE ? 1 : season;
    int count = form == Form.NONE ? Math.min(FIRST_VALUES, y.length) : season;
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += y[i];
    }
    firstMean = sum / count;
    firstSeason =
        switch (form) {
          case NONE -> new double[0];
          case SIMPLE -> y;
          case PARTIAL, FULL -> ClassicalDecomposition.season(y, season, false);
        };
    realRing = new double[period];
    imaginaryRing = new double[period];
    turned = new double[period];
  }

  /**
   * Fits the parameters and goes through the history with them.
   *
   * @param search the search that is used
   * @return the value of the objective
   */
  double fit(NelderMead search) {
    double[] first = form == Form.PARTIAL ? START_PARTIAL : START;
    double[] fitted = search.minimise(this, first, LOWER, UPPER, form.components);
    value(fitted);
    return search.minimum();
  }

  @Override
  public double value(double[] at) {
    alphaReal = at[0];
    alphaImaginary = at[1];
    betaReal = form.components > 2 ? at[2] : 0;
    betaImaginary = form.components > 3 ? at[3] : 0;
    start();
    pass(true);
    turn();
    pass(false);
    turn();
    double squares = pass(true);
    double value = y.length * Math.log(squares);
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : Math.max(value, -1e10);
  }

  private void start() {
    real = firstMean;
    imaginary = firstMean / FIRST_RATIO;
    if (form != Form.NONE) {
      for (int j = 0; j < period; j++) {
        realRing[j] = firstSeason[j];
        imaginaryRing[j] = form == Form.PARTIAL ? 0 : firstSeason[j] / FIRST_RATIO;
      }
    }
  }

  /** Goes through the history, from its first or from its last value, and adds up the squares. */
  private double pass(boolean forwards) {
    return switch (form) {
      case NONE -> levelPass(forwards);
      case SIMPLE -> simplePass(forwards);
      case PARTIAL, FULL -> seasonalPass(forwards);
    };
  }

  private double levelPass(boolean forwards) {
    double sum = alphaReal + alphaImaginary;
    double difference = alphaReal - alphaImaginary;
    double keptReal = 1 - alphaReal;
    double keptImaginary = 1 - alphaImaginary;
    double u = real;
    double v = imaginary;
    double squares = 0;
    int last = y.length - 1;
    for (int i = 0; i <= last; i++) {
      double error = y[forwards ? i : last - i] - u;
      squares += error * error;
      double next = u - keptImaginary * v + difference * error;
      v = u + keptReal * v + sum * error;
      u = next;
    }
    real = u;
    imaginary = v;
    return squares;
  }

  private double simplePass(boolean forwards) {
    double sum = alphaReal + alphaImaginary;
    double difference = alphaReal - alphaImaginary;
    double keptReal = 1 - alphaReal;
    double keptImaginary = 1 - alphaImaginary;
    double squares = 0;
    int last = y.length - 1;
    int j = 0;
    for (int i = 0; i <= last; i++) {
      double u = realRing[j];
      double v = imaginaryRing[j];
      double error = y[forwards ? i : last - i] - u;
      squares += error * error;
      realRing[j] = u - keptImaginary * v + difference * error;
      imaginaryRing[j] = u + keptReal * v + sum * error;
      j = j + 1 == period ? 0 : j + 1;
    }
    return squares;
  }

  private double seasonalPass(boolean forwards) {
    boolean full = form == Form.FULL;
    double sum = alphaReal + alphaImaginary;
    double difference = alphaReal - alphaImaginary;
    double keptReal = 1 - alphaReal;
    double keptImaginary = 1 - alphaImaginary;
    double u = real;
    double v = imaginary;
    double squares = 0;
    int last = y.length - 1;
    int j = 0;
    for (int i = 0; i <= last; i++) {
      double s = realRing[j];
      double error = y[forwards ? i : last - i] - u - s;
      squares += error * error;
      double next = u - keptImaginary * v + difference * error;
      v = u + keptReal * v + sum * error;
      u = next;
      if (full) {
        double t = imaginaryRing[j];
        realRing[j] = s - (1 - betaImaginary) * t + (betaReal - betaImaginary) * error;
        imaginaryRing[j] = s + (1 - betaReal) * t + (betaReal + betaImaginary) * error;
      } else {
        realRing[j] = s + betaReal * error;
      }
      j = j + 1 == period ? 0 : j + 1;
    }
    real = u;
    imaginary = v;
    return squares;
  }

  /** Makes the states after the history the first ones of the way back: one step without error. */
  private void turn() {
    double next = real - (1 - alphaImaginary) * imaginary;
    imaginary = real + (1 - alphaReal) * imaginary;
    real = next;
    if (form == Form.NONE) {
      return;
    }
    boolean moves = form != Form.PARTIAL;
    double keptReal = 1 - (form == Form.SIMPLE ? alphaReal : betaReal);
    double keptImaginary = 1 - (form == Form.SIMPLE ? alphaImaginary : betaImaginary);
    if (moves) {
      for (int j = 0; j < period; j++) {
        double u = realRing[j];
        double v = imaginaryRing[j];
        realRing[j] = u - keptImaginary * v;
        imaginaryRing[j] = u + keptReal * v;
      }
    }
    reverse(realRing);
    reverse(imaginaryRing);
  }

  /** Turns the order of the periods that follow the history round. */
  private void reverse(double[] ring) {
    for (int k = 0; k < period; k++) {
      turned[period - 1 - k] = ring[(y.length + k) % period];
    }
    System.arraycopy(turned, 0, ring, 0, period);
  }

  /** Returns the point forecasts after {@link #fit}. */
  double[] forecast(int horizon) {
    double u = real;
    double v = imaginary;
    double[] reals = realRing.clone();
    double[] imaginaries = imaginaryRing.clone();
    boolean simple = form == Form.SIMPLE;
    double keptReal = 1 - (simple ? alphaReal : betaReal);
    double keptImaginary = 1 - (simple ? alphaImaginary : betaImaginary);
    double[] forecast = new double[horizon];
    for (int k = 0; k < horizon; k++) {
      int j = (y.length + k) % period;
      forecast[k] = simple ? reals[j] : form == Form.NONE ? u : u + reals[j];
      double next = u - (1 - alphaImaginary) * v;
      v = u + (1 - alphaReal) * v;
      u = next;
      if (simple || form == Form.FULL) {
        next = reals[j] - keptImaginary * imaginaries[j];
        imaginaries[j] = reals[j] + keptReal * imaginaries[j];
        reals[j] = next;
      }
    }
    return forecast;
  }
}
