package io.autopulse.domain.forecast.life;

import io.autopulse.domain.forecast.MemberForecast;

/** Forecasts with another mean. */
final class Paths {
  private Paths() {}

  /** Returns the forecast of what has never been sold. */
  static MemberForecast nothing(String key, int horizon) {
    double[] zero = new double[horizon];
    return new MemberForecast(key, "launch_curve", "", zero, zero, zero, zero, zero, zero, zero);
  }

  /**
   * Returns a forecast with another mean, whose bounds keep their ratio to it. Where the mean was
   * 0, the lower bounds are 0 and the upper ones two and four times the new mean.
   */
  static MemberForecast scaled(MemberForecast base, String method, String reason, double[] mean) {
    double[][] bounds = {base.lower95(), base.lower80(), base.upper80(), base.upper95()};
    double[] otherwise = {0, 0, 2, 4};
    double[][] scaled = new double[4][mean.length];
    for (int h = 0; h < mean.length; h++) {
      for (int b = 0; b < 4; b++) {
        double old = base.mean()[h];
        scaled[b][h] = mean[h] * (old > 0 ? bounds[b][h] / old : otherwise[b]);
      }
    }
    return of(base, method, reason, mean, scaled);
  }

  /**
   * Returns a mean of a launch curve and a forecast.
   *
   * @param weight that of the curve, 0 to 1
   * @param from the first period of the horizon after the launch; nothing is sold before
   */
  static MemberForecast blended(
      MemberForecast base, String reason, LaunchCurve curve, double weight, int from) {
    int horizon = base.mean().length;
    double[] mean = new double[horizon];
    double[][] own = {base.lower95(), base.lower80(), base.upper80(), base.upper95()};
    // A history of a few periods knows little of its own errors: its bounds count only later.
    double trust = Math.min(1, 2 * weight);
    double[][] bounds = new double[4][horizon];
    for (int h = from; h < horizon; h++) {
      double launched = curve.mean()[h - from];
      mean[h] = weight * launched + (1 - weight) * base.mean()[h];
      for (int b = 0; b < 4; b++) {
        double byOwn = Math.max(0, mean[h] + own[b][h] - base.mean()[h]);
        bounds[b][h] =
            trust * curve.spreads().get(h - from).bound(b, mean[h]) + (1 - trust) * byOwn;
      }
    }
    return of(base, "launch_curve", reason, mean, bounds);
  }

  private static MemberForecast of(
      MemberForecast base, String method, String reason, double[] mean, double[][] bounds) {
    return new MemberForecast(
        base.key(),
        method,
        reason,
        mean,
        bounds[1],
        bounds[2],
        bounds[0],
        bounds[3],
        base.naive(),
        base.seasonalNaive());
  }
}
