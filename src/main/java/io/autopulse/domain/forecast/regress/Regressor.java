package io.autopulse.domain.forecast.regress;

/**
 * What sales are regressed on.
 *
 * @param name how it is called in tables and what-if questions
 * @param values one value a period from the first of the history on, future ones included; finite,
 *     and positive if it enters by its log; not copied
 * @param log whether it enters by its log, so that its coefficient is an elasticity; a campaign
 *     enters as it is
 * @param known whether its future is known when a forecast is made, as that of a campaign; a
 *     backtest carries the last value of another one forward
 */
@SuppressWarnings("ArrayRecordComponent") // read in place
public record Regressor(String name, double[] values, boolean log, boolean known) {
  /** Checks the values. */
  public Regressor {
    for (double value : values) {
      if (!Double.isFinite(value) || (log && value <= 0)) {
        throw new IllegalArgumentException(
            "a value of " + name + " is " + value + (log ? ": its log is not defined" : ""));
      }
    }
  }

  /**
   * Returns what enters the regression for a period.
   *
   * @param period the period
   * @param origin how many periods have passed; what is not known ahead stays as it was then
   */
  double at(int period, int origin) {
    double value = values[known ? period : Math.min(period, origin - 1)];
    return log ? Math.log(value) : value;
  }
}
