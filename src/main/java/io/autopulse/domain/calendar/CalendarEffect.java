package io.autopulse.domain.calendar;

import java.util.Arrays;

/**
 * How much a series changes with its selling days: an elasticity of 1 says that a period with a
 * tenth more selling days sells a tenth more. Trend and season are taken out of the logs of both
 * alike, and what is left of the units is regressed on what is left of the days. An estimate that
 * is not clear of its error by {@link #CLEAR} has no effect.
 *
 * @param elasticity as it is estimated, without bounds
 * @param standardError of the elasticity; infinite if it cannot be estimated
 * @param ordinaryDays the selling days of an ordinary period, the geometric mean of the history; a
 *     period with as many has the factor 1
 */
public record CalendarEffect(double elasticity, double standardError, double ordinaryDays) {
  /** How many standard errors the estimate must be above 0. */
  public static final double CLEAR = 3;

  /** The largest elasticity that is applied: more than this is another cause. */
  public static final double LARGEST = 1.5;

  /** No effect: every factor is 1. */
  public static final CalendarEffect NONE = new CalendarEffect(0, Double.POSITIVE_INFINITY, 1);

  private static final int SEASONS = 3;
  private static final int WINDOW_WITHOUT_SEASON = 13;
  private static final double MOST_ABSENT = 0.1;
  private static final double OUTLYING = 5;
  private static final double NORMAL_MAD = 1.4826;
  private static final double SMALLEST_FACTOR = 0.2;

  /**
   * Estimates the effect. A total is the best series for it; its elasticity holds for its members.
   * Periods without a positive value or a selling day are left out, and so are outlying ones, such
   * as those of a lockdown. Returns {@link #NONE} if there are fewer than three seasons, more than
   * a tenth of the periods is left out for want of a positive value, or the selling days do not
   * vary otherwise than by season.
   *
   * @param values the units of the periods, oldest first
   * @param days their selling days, and those of later periods, which are not used
   * @param season how many periods make a season; 1 for none
   */
  public static CalendarEffect estimate(double[] values, double[] days, int season) {
    int n = values.length;
    int window = season > 3 ? season : WINDOW_WITHOUT_SEASON;
    if (n < SEASONS * window) {
      return NONE;
    }
    boolean[] used = new boolean[n];
    int present = 0;
    for (int i = 0; i < n; i++) {
      used[i] = values[i] > 0 && days[i] > 0;
      present += used[i] ? 1 : 0;
    }
    if (present < n * (1 - MOST_ABSENT)) {
      return NONE;
    }
    double[] y = Deviations.ofLogs(values, used, window);
    double[] x = Deviations.ofLogs(days, used, window);
    // The moving average needs half a window on both sides.
    Arrays.fill(used, 0, window / 2, false);
    Arrays.fill(used, n - window / 2, n, false);
    dropOutlying(Deviations.fromSeason(y, used, season), used);
    return regress(
        Deviations.fromSeason(y, used, season),
        Deviations.fromSeason(x, used, season),
        used,
        season,
        ordinary(days, n));
  }

  private static void dropOutlying(double[] deviations, boolean[] used) {
    double[] sizes = new double[deviations.length];
    int count = 0;
    for (int i = 0; i < used.length; i++) {
      if (used[i]) {
        sizes[count++] = Math.abs(deviations[i]);
      }
    }
    sizes = Arrays.copyOf(sizes, count);
    Arrays.sort(sizes);
    double most = count == 0 ? 0 : OUTLYING * NORMAL_MAD * sizes[count / 2];
    for (int i = 0; i < used.length; i++) {
      used[i] &= Math.abs(deviations[i]) <= most;
    }
  }

  private static CalendarEffect regress(
      double[] y, double[] x, boolean[] used, int season, double ordinaryDays) {
    double xx = 0;
    double xy = 0;
    int count = 0;
    for (int i = 0; i < used.length; i++) {
      if (used[i]) {
        xx += x[i] * x[i];
        xy += x[i] * y[i];
        count++;
      }
    }
    int freedom = count - season - 1;
    if (freedom < 2 || xx < 1e-12 * count) {
      return NONE;
    }
    double elasticity = xy / xx;
    double squares = 0;
    for (int i = 0; i < used.length; i++) {
      if (used[i]) {
        double left = y[i] - elasticity * x[i];
        squares += left * left;
      }
    }
    return new CalendarEffect(elasticity, Math.sqrt(squares / freedom / xx), ordinaryDays);
  }

  private static double ordinary(double[] days, int n) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (days[i] > 0) {
        sum += Math.log(days[i]);
        count++;
      }
    }
    return Math.exp(sum / count);
  }

  /** Returns whether the estimate is clear of its error. */
  public boolean applies() {
    return elasticity > CLEAR * standardError;
  }

  /** Returns the elasticity that is applied: the estimate, at most {@link #LARGEST}; or 0. */
  public double applied() {
    return applies() ? Math.min(elasticity, LARGEST) : 0;
  }

  /**
   * Returns what the calendar multiplies a period by, past or future. Divide the history by its
   * factors, forecast, and multiply the forecast by those of the future. Factors lie between 0.2
   * and 5, so that a period without any selling day can be divided by.
   *
   * @param days the period's selling days
   */
  public double factor(double days) {
    double elasticity = applied();
    if (elasticity == 0) {
      return 1;
    }
    double factor = Math.pow(Math.max(days, 0) / ordinaryDays, elasticity);
    return Math.max(SMALLEST_FACTOR, Math.min(1 / SMALLEST_FACTOR, factor));
  }

  /**
   * Returns the factors of periods.
   *
   * @param days their selling days
   */
  public double[] factors(double[] days) {
    return Arrays.stream(days).map(this::factor).toArray();
  }
}
