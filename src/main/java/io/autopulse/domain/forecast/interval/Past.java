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
  int windows() {
    return forecasts.length;
  }

  /** Returns the mean absolute error of a period of a window, or of all of the window. */
  double error(int window) {
    double sum = 0;
    for (int h = 0; h < forecasts[window].length; h++) {
      sum += Math.abs(actuals[window][h] - forecasts[window][h]);
    }
    return sum / forecasts[window].length;
  }

  /** Returns the mean absolute error of the windows that do not overlap one; NaN without any. */
  double errorWithout(int window) {
    double sum = 0;
    int count = 0;
    for (int w = 0; w < windows(); w++) {
      if (window < 0 || Math.abs(w - window) > overlapping) {
        sum += error(w);
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
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
