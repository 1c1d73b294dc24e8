package io.autopulse.domain.forecast.smoothing;

import java.util.Arrays;

/**
 * Minimises a function of a few bounded parameters by the simplex search of Nelder and Mead (1965)
 * with the adaptive coefficients of Gao and Han (2012). The first simplex, the coefficients, the
 * bounds and the stopping rule are those of statsforecast, so that both end in the same place: the
 * likelihoods are flat, and another search ends elsewhere.
 *
 * <p>A search asks for the values of points one by one, so that several searches can go on side by
 * side. An instance holds the work arrays. It may be used again, by one thread at a time.
 */
final class NelderMead {
  private static final int ITERATIONS = 1000;
  private static final double TOLERANCE = 1e-4;
  private static final double FIRST_STEP = 0.05;
  private static final double FIRST_STEP_FROM_ZERO = 1e-4;

  /** What the value is for that is asked for. */
  private enum Stage {
    SPREAD,
    REFLECTED,
    EXPANDED,
    CONTRACTED,
    SHRUNK,
    ENDED
  }

  private final double[][] simplex;
  private final double[] values;
  private final int[] order;
  private final double[] centroid;
  private double[] reflected;
  private double[] tried;

  private double[] lower = {};
  private double[] upper = {};
  private int size;
  private Stage stage = Stage.ENDED;
  private double[] asked = {};
  private int corner;
  private int iteration;
  private int worst;
  private double atReflected;
  private boolean outside;
  private double minimum;

  /** A function that is minimised. */
  interface Objective {
    /**
     * Returns its value, not NaN.
     *
     * @param at the parameters; only the first ones count if the array is longer than needed
     */
    double value(double[] at);
  }

  /**
   * Allocates the work arrays.
   *
   * @param most the largest number of parameters that it will be used for
   */
  NelderMead(int most) {
    simplex = new double[most + 1][most];
    values = new double[most + 1];
    order = new int[most + 1];
    centroid = new double[most];
    reflected = new double[most];
    tried = new double[most];
  }

  /** Returns the smallest value that the last search found. */
  double minimum() {
    return minimum;
  }

  /**
   * Searches the minimum.
   *
   * @param objective the function
   * @param start where the search starts
   * @param lowest the smallest value of each parameter
   * @param highest the largest value of each parameter
   * @param parameters how many parameters there are
   * @return the parameters at the minimum; the array is used again by the next search
   */
  double[] minimise(
      Objective objective, double[] start, double[] lowest, double[] highest, int parameters) {
    begin(start, lowest, highest, parameters);
    while (isSearching()) {
      answer(objective.value(asked));
    }
    return asked;
  }

  /**
   * Begins a search; the parameters are those of {@link #minimise}. The bounds must not change
   * before it ends.
   */
  void begin(double[] start, double[] lowest, double[] highest, int parameters) {
    lower = lowest;
    upper = highest;
    size = parameters;
    iteration = 0;
    for (int i = 0; i <= size; i++) {
      double[] point = simplex[i];
      for (int k = 0; k < size; k++) {
        point[k] = clamp(start[k], lower[k], upper[k]);
      }
      if (i < size) {
        double moved = point[i] == 0 ? FIRST_STEP_FROM_ZERO : point[i] * (1 + FIRST_STEP);
        point[i] = clamp(moved, lower[i], upper[i]);
      }
    }
    ask(Stage.SPREAD, 0);
  }

  /** Tells whether the search asks for another value. */
  boolean isSearching() {
    return stage != Stage.ENDED;
  }

  /** Returns the point whose value is asked for, or the minimum once the search has ended. */
  double[] asked() {
    return asked;
  }

  /**
   * Takes the value of the point that was asked for.
   *
   * @param value not NaN
   */
  void answer(double value) {
    switch (stage) {
      case SPREAD, SHRUNK -> {
        values[corner] = value;
        if (corner < size) {
          ask(stage, corner + 1);
        } else {
          reflect();
        }
      }
      case REFLECTED -> judgeReflected(value);
      case EXPANDED -> {
        if (value < atReflected) {
          acceptTried(value);
        } else {
          acceptReflected();
        }
      }
      case CONTRACTED -> {
        if (outside ? value <= atReflected : value < values[worst]) {
          acceptTried(value);
        } else {
          shrink();
        }
      }
      case ENDED -> throw new IllegalStateException("the search has ended");
    }
  }

  private void ask(Stage next, int index) {
    stage = next;
    corner = index;
    asked = simplex[index];
  }

  private void ask(Stage next, double[] point) {
    stage = next;
    asked = point;
  }

  /** Begins an iteration, or ends the search. */
  private void reflect() {
    if (iteration == ITERATIONS || deviation(size + 1) < TOLERANCE) {
      end();
      return;
    }
    iteration++;
    sort(size + 1);
    worst = order[size];
    centre();
    move(reflected, simplex[worst], -1);
    ask(Stage.REFLECTED, reflected);
  }

  private void judgeReflected(double value) {
    double best = values[order[0]];
    double secondWorst = values[order[size - 1]];
    atReflected = value;
    if (best <= value && value < secondWorst) {
      acceptReflected();
    } else if (value < best) {
      move(tried, reflected, 1 + 2.0 / size);
      ask(Stage.EXPANDED, tried);
    } else {
      double contraction = 0.75 - 1 / (2.0 * size);
      outside = secondWorst <= value && value < values[worst];
      move(tried, reflected, outside ? contraction : -contraction);
      ask(Stage.CONTRACTED, tried);
    }
  }

  private void end() {
    int best = 0;
    for (int i = 1; i <= size; i++) {
      if (values[i] < values[best]) {
        best = i;
      }
    }
    minimum = values[best];
    ask(Stage.ENDED, best);
  }

  /** Puts into {@code into} the point that lies {@code factor} times as far from the centroid. */
  private void move(double[] into, double[] from, double factor) {
    for (int k = 0; k < size; k++) {
      into[k] = clamp(centroid[k] + factor * (from[k] - centroid[k]), lower[k], upper[k]);
    }
  }

  private void acceptReflected() {
    double[] replaced = simplex[worst];
    simplex[worst] = reflected;
    reflected = replaced;
    values[worst] = atReflected;
    reflect();
  }

  private void acceptTried(double value) {
    double[] replaced = simplex[worst];
    simplex[worst] = tried;
    tried = replaced;
    values[worst] = value;
    reflect();
  }

  /** Moves all corners but the first towards the best one; the reference spares the first one. */
  private void shrink() {
    double factor = 1 - 1.0 / size;
    double[] target = simplex[order[0]];
    for (int i = 1; i <= size; i++) {
      double[] point = simplex[i];
      for (int k = 0; k < size; k++) {
        point[k] = clamp(target[k] + factor * (point[k] - target[k]), lower[k], upper[k]);
      }
    }
    ask(Stage.SHRUNK, 1);
  }

  private void centre() {
    Arrays.fill(centroid, 0, size, 0);
    for (int i = 0; i <= size; i++) {
      double[] point = simplex[i];
      for (int k = 0; k < size; k++) {
        centroid[k] += point[k];
      }
    }
    double[] left = simplex[worst];
    for (int k = 0; k < size; k++) {
      centroid[k] = (centroid[k] - left[k]) / size;
    }
  }

  private double deviation(int corners) {
    double sum = 0;
    for (int i = 0; i < corners; i++) {
      sum += values[i];
    }
    double mean = sum / corners;
    double squares = 0;
    for (int i = 0; i < corners; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
    }
    return Math.sqrt(squares / corners);
  }

  private void sort(int corners) {
    for (int i = 0; i < corners; i++) {
      int place = i;
      while (place > 0 && values[i] < values[order[place - 1]]) {
        order[place] = order[place - 1];
        place--;
      }
      order[place] = i;
    }
  }

  private static double clamp(double value, double lower, double upper) {
    double raised = value < lower ? lower : value;
    return raised > upper ? upper : raised;
  }
}
