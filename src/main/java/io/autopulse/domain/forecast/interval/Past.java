package io.autopulse.domain.forecast.interval;

/**
 * The past forecasts of one series and what came of them, in windows that did not choose how they
 * were made.
 *
 * @param forecasts by window, the last first, and period
 * @param actuals what came, alike
 * @param step the mean absolute difference of the values a season apart, positive
 * @param overlapping how many windows on either side have a period in common with a window
 */
@SuppressWarnings("ArrayRecordComponent") // read in place, never compared
public record Past(double[][] forecasts, double[][] actuals, double step, int overlapping) {
  private static final double FADING = 0.85;

  /** A window without error is one of a hundredth of the step. */
  private static final double LEAST = 0.01;

  int windows() {
    return forecasts.length;
  }

  /** Returns the mean absolute error of a window. */
  double error(int window) {
    double sum = 0;
    for (int h = 0; h < forecasts[window].length; h++) {
      sum += Math.abs(actuals[window][h] - forecasts[window][h]);
    }
    return sum / forecasts[window].length;
  }

  /**
   * Returns the usual error of the windows that do not overlap one: the geometric mean, so that one
   * lockdown does not make it, of newer windows more than of older ones; NaN without any.
   */
  double errorWithout(int window) {
    double sum = 0;
    double weights = 0;
    for (int w = 0; w < windows(); w++) {
      if (window < 0 || Math.abs(w - window) > overlapping) {
        double weight = weight(w);
        sum += weight * Math.log(error(w) / step + LEAST);
        weights += weight;
      }
    }
    return weights > 0 ? step * Math.exp(sum / weights) : Double.NaN;
  }

  /**
   * Returns how much a window counts: the older, the less, for what comes is more like what was
   * last.
   *
   * @param window 0 for the last one
   */
  public static double weight(int window) {
    return Math.pow(FADING, window);
  }

  /** Returns how many windows do not overlap one. */
  int windowsWithout(int window) {
    int count = 0;
    for (int w = 0; w < windows(); w++) {
      count += window < 0 || Math.abs(w - window) > overlapping ? 1 : 0;
    }
    return count;
  }
}
