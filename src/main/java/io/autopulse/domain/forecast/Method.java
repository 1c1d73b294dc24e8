package io.autopulse.domain.forecast;

/**
 * A forecasting method that needs one series alone. It is a function: the same history gives the
 * same forecast on every machine, and threads may share it.
 */
public interface Method {
  /** Returns its short name, as it is published: lower case, words joined by an underscore. */
  String name();

  /**
   * Tells whether the method has something of its own to say of a history. One that it does not
   * suit, it forecasts as another method would, or worse: a combination leaves it out there.
   *
   * @param history the values, oldest first, finite; not changed
   * @param season how many periods make a season; 1 for none
   */
  default boolean suits(double[] history, int season) {
    return true;
  }

  /**
   * Forecasts the periods that follow a history. Any history is answered, however short, constant,
   * empty or intermittent; what a method cannot fit, it forecasts by a simpler one that its Javadoc
   * names.
   *
   * @param history the values, oldest first, finite; not changed
   * @param season how many periods make a season; 1 for none
   * @param horizon how many periods are forecast, at least 1
   * @return the point forecasts, {@code horizon} finite values; they may be negative
   */
  double[] forecast(double[] history, int season, int horizon);
}
