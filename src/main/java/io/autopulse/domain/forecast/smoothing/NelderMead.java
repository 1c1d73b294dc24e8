package io.autopulse.domain.forecast.smoothing;

import java.util.Arrays;

/**
 * Minimises a function of a few bounded parameters by the simplex search of Nelder and Mead (1965)
 * with the adaptive coefficients of Gao and Han (2012). The first simplex, the coefficients, the
 * bounds and the stopping rule are those of statsforecast, so that both end in the same place: the
 * likelihoods are flat, and another search ends elsewhere.
 *
 * <p>An instance holds the work arrays. It may be used again, by one thread at a time.
 */
final class NelderMead {
  private static final int ITERATIONS = 1000;
  private static final double TOLERANCE = 1e-4;
  private static final double FIRST_STEP = 0.05;
  private static final double FIRST_STEP_FROM_ZERO = 1e-4;

  private final double[][] simplex;
  private final double[] values;
  private final int[] order;
  private final double[] centroid;
  private double[] reflected;
  private double[] tried;
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
   * @param lower the smallest value of each parameter
   * @param upper the largest value of each parameter
   * @param size how many parameters there are
   * @return the parameters at the minimum; the array is used again by the next search
   */
  double[] minimise(Objective objective, double[] start, double[] lower, double[] upper, int size) {
    double expansion = 1 + 2.0 / size;
    double contraction = 0.75 - 1 / (2.0 * size);
    double shrinkage = 1 - 1.0 / size;
    spread(objective, start, lower, upper, size);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      if (deviation(size + 1) < TOLERANCE) {
        break;
      }
      sort(size + 1);
      int best = order[0];
      int worst = order[size];
      double secondWorst = values[order[size - 1]];
      centre(worst, size);
      move(reflected, simplex[worst], -1, lower, upper, size);
      double atReflected = objective.value(reflected);
      if (values[best] <= atReflected && atReflected < secondWorst) {
        acceptReflected(worst, atReflected);
      } else if (atReflected < values[best]) {
        move(tried, reflected, expansion, lower, upper, size);
        double atExpanded = objective.value(tried);
        if (atExpanded < atReflected) {
          acceptTried(worst, atExpanded);
        } else {
          acceptReflected(worst, atReflected);
        }
      } else {
        boolean outside = secondWorst <= atReflected && atReflected < values[worst];
        move(tried, reflected, outside ? contraction : -contraction, lower, upper, size);
        double atContracted = objective.value(tried);
        if (outside ? atContracted <= atReflected : atContracted < values[worst]) {
          acceptTried(worst, atContracted);
        } else {
          shrink(objective, best, shrinkage, lower, upper, size);
        }
      }
    }
    int best = 0;
    for (int i = 1; i <= size; i++) {
      if (values[i] < values[best]) {
        best = i;
      }
    }
    minimum = values[best];
    return simplex[best];
  }

  private void spread(
      Objective objective, double[] start, double[] lower, double[] upper, int size) {
    for (int i = 0; i <= size; i++) {
      double[] corner = simplex[i];
      for (int k = 0; k < size; k++) {
        corner[k] = clamp(start[k], lower[k], upper[k]);
      }
      if (i < size) {
        double moved = corner[i] == 0 ? FIRST_STEP_FROM_ZERO : corner[i] * (1 + FIRST_STEP);
        corner[i] = clamp(moved, lower[i], upper[i]);
      }
      values[i] = objective.value(corner);
    }
  }

  /** Puts into {@code into} the point that lies {@code factor} times as far from the centroid. */
  private void move(
      double[] into, double[] from, double factor, double[] lower, double[] upper, int size) {
    for (int k = 0; k < size; k++) {
      into[k] = clamp(centroid[k] + factor * (from[k] - centroid[k]), lower[k], upper[k]);
    }
  }

  private void acceptReflected(int worst, double value) {
    double[] replaced = simplex[worst];
    simplex[worst] = reflected;
    reflected = replaced;
    values[worst] = value;
  }

  private void acceptTried(int worst, double value) {
    double[] replaced = simplex[worst];
    simplex[worst] = tried;
    tried = replaced;
    values[worst] = value;
  }

  /** Moves all corners but the first towards the best one; the reference spares the first one. */
  private void shrink(
      Objective objective, int best, double factor, double[] lower, double[] upper, int size) {
    double[] target = simplex[best];
    for (int i = 1; i <= size; i++) {
      double[] corner = simplex[i];
      for (int k = 0; k < size; k++) {
        corner[k] = clamp(target[k] + factor * (corner[k] - target[k]), lower[k], upper[k]);
      }
      values[i] = objective.value(corner);
    }
  }

  private void centre(int worst, int size) {
    Arrays.fill(centroid, 0, size, 0);
    for (int i = 0; i <= size; i++) {
      double[] corner = simplex[i];
      for (int k = 0; k < size; k++) {
        centroid[k] += corner[k];
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
