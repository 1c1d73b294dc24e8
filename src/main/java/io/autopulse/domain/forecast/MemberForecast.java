package io.autopulse.domain.forecast;

import java.util.Arrays;

/**
 * What is forecast for one series, in units a period. All arrays have one value for each period of
 * the horizon; {@code 0 <= lower95 <= lower80 <= mean <= upper80 <= upper95}.
 *
 * @param key the series
 * @param method what gave the mean: {@code combination}, or the simple method that a gate chose
 * @param reason why, in words, when a gate or the life cycle chose, or a bias is taken out; empty
 *     otherwise
 * @param mean the point forecast
 * @param lower80 lower bounds of the 80 % interval
 * @param upper80 upper bounds of the 80 % interval
 * @param lower95 lower bounds of the 95 % interval
 * @param upper95 upper bounds of the 95 % interval
 * @param naive the last value carried forward
 * @param seasonalNaive the last season carried forward
 * @param calendar by what the mean of each period was multiplied for its selling days; 1 where they
 *     are those of an average period, or change nothing
 */
@SuppressWarnings("ArrayRecordComponent") // the numbers of a forecast are read, never compared
public record MemberForecast(
    String key,
    String method,
    String reason,
    double[] mean,
    double[] lower80,
    double[] upper80,
    double[] lower95,
    double[] upper95,
    double[] naive,
    double[] seasonalNaive,
    double[] calendar) {
  /** Makes a forecast that selling days do not change. */
  public MemberForecast(
      String key,
      String method,
      String reason,
      double[] mean,
      double[] lower80,
      double[] upper80,
      double[] lower95,
      double[] upper95,
      double[] naive,
      double[] seasonalNaive) {
    this(
        key,
        method,
        reason,
        mean,
        lower80,
        upper80,
        lower95,
        upper95,
        naive,
        seasonalNaive,
        ones(mean.length));
  }

  private static double[] ones(int length) {
    double[] ones = new double[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  /**
   * Returns the same forecast, of which is known by what selling days multiplied it.
   *
   * @param factors for each period, above 0
   */
  public MemberForecast withCalendar(double[] factors) {
    return new MemberForecast(
        key,
        method,
        reason,
        mean,
        lower80,
        upper80,
        lower95,
        upper95,
        naive,
        seasonalNaive,
        factors);
  }

  /**
   * Returns the forecast with a mean and bounds that are multiplied.
   *
   * @param factor at least 0
   * @param why is added to the reason
   */
  public MemberForecast times(double factor, String why) {
    return new MemberForecast(
        key,
        method,
        reason.isEmpty() ? why : reason + "; " + why,
        times(mean, factor),
        times(lower80, factor),
        times(upper80, factor),
        times(lower95, factor),
        times(upper95, factor),
        naive,
        seasonalNaive,
        calendar);
  }

  private static double[] times(double[] values, double factor) {
    return Arrays.stream(values).map(value -> value * factor).toArray();
  }
}
