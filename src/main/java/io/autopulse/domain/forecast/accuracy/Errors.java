package io.autopulse.domain.forecast.accuracy;

/**
 * Errors of one forecast of one series. What has no scale is NaN: such a series is not averaged.
 */
public final class Errors {
  private Errors() {}

  /**
   * Returns the mean absolute difference of values that lie some periods apart: the error, in
   * sample, of the naive forecast of that lag. With too few values for the lag it is that of lag 1.
   *
   * @param history the values known when the forecast was made
   * @param lag the season, 1 for none
   * @return the scale of MASE and MSIS; NaN with fewer than two values
   */
  public static double scale(double[] history, int lag) {
    int apart = history.length > lag ? lag : 1;
    double sum = 0;
    for (int t = apart; t < history.length; t++) {
      sum += Math.abs(history[t] - history[t - apart]);
    }
    return history.length > apart ? sum / (history.length - apart) : Double.NaN;
  }

  /**
   * Returns the mean squared difference of successive values.
   *
   * @return the scale of RMSSE, squared; NaN with fewer than two values
   */
  public static double squareScale(double[] history) {
    double sum = 0;
    for (int t = 1; t < history.length; t++) {
      sum += (history[t] - history[t - 1]) * (history[t] - history[t - 1]);
    }
    return history.length > 1 ? sum / (history.length - 1) : Double.NaN;
  }

  /** Returns the mean absolute error, in units of the series. */
  public static double mae(double[] actual, double[] forecast) {
    double sum = 0;
    for (int h = 0; h < actual.length; h++) {
      sum += Math.abs(actual[h] - forecast[h]);
    }
    return sum / actual.length;
  }

  /** Returns the root of the mean squared error, in units of the series. */
  public static double rmse(double[] actual, double[] forecast) {
    double sum = 0;
    for (int h = 0; h < actual.length; h++) {
      sum += (actual[h] - forecast[h]) * (actual[h] - forecast[h]);
    }
    return Math.sqrt(sum / actual.length);
  }

  /**
   * Returns the mean absolute scaled error.
   *
   * @param scale of {@link #scale}; 0 and NaN give NaN
   */
  public static double mase(double[] actual, double[] forecast, double scale) {
    return scale > 0 ? mae(actual, forecast) / scale : Double.NaN;
  }

  /**
   * Returns the root mean squared scaled error: the scale is the mean squared difference of
   * successive values.
   */
  public static double rmsse(double[] actual, double[] forecast, double[] history) {
    double scale = squareScale(history);
    return scale > 0 ? rmse(actual, forecast) / Math.sqrt(scale) : Double.NaN;
  }

  /** Returns the symmetric mean absolute percentage error, 0 to 200; 0 where both are 0. */
  public static double smape(double[] actual, double[] forecast) {
    double sum = 0;
    for (int h = 0; h < actual.length; h++) {
      double both = Math.abs(actual[h]) + Math.abs(forecast[h]);
      sum += both > 0 ? 200 * Math.abs(actual[h] - forecast[h]) / both : 0;
    }
    return sum / actual.length;
  }

  /**
   * Returns the mean scaled interval score of the 95 % interval: its width, and 40 times what the
   * actual lies outside.
   *
   * @param scale of {@link #scale}; 0 and NaN give NaN
   */
  public static double msis95(double[] actual, double[] lower, double[] upper, double scale) {
    double sum = 0;
    for (int h = 0; h < actual.length; h++) {
      sum +=
          upper[h]
              - lower[h]
              + 40 * Math.max(0, lower[h] - actual[h])
              + 40 * Math.max(0, actual[h] - upper[h]);
    }
    return scale > 0 ? sum / actual.length / scale : Double.NaN;
  }
}
