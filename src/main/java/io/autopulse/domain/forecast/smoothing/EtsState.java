package io.autopulse.domain.forecast.smoothing;

/**
 * Where a fitted model of exponential smoothing is after the last period of its history.
 *
 * @param form its components
 * @param level the level
 * @param growth the trend a period, 0 without one
 * @param phi how much of the growth is left after a period, 1 if it is not damped
 * @param season the seasonal states, the first one for the period that follows; empty without a
 *     season
 */
@SuppressWarnings("ArrayRecordComponent") // the states are read, never compared
record EtsState(EtsForm form, double level, double growth, double phi, double[] season) {
  /**
   * Returns the point forecasts. The growth of step h is {@code phi + phi^2 + ... + phi^h}, as the
   * model says; statsforecast 2.1.1 adds {@code phi + phi + phi^2 + ... + phi^(h-1)}.
   */
  double[] forecast(int horizon) {
    double[] forecast = new double[horizon];
    double power = phi;
    double steps = phi;
    for (int i = 0; i < horizon; i++) {
      forecast[i] = at(steps, i);
      power *= phi;
      steps += power;
    }
    return forecast;
  }

  /**
   * Returns one point forecast.
   *
   * @param steps how many times the growth is added
   * @param index the period, 0 for the one that follows the history
   */
  double at(double steps, int index) {
    double trend = level + steps * growth;
    return switch (form.season()) {
      case NONE -> trend;
      case ADDITIVE -> trend + season[index % season.length];
      case MULTIPLICATIVE -> trend * season[index % season.length];
    };
  }
}
