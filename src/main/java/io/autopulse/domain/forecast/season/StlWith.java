package io.autopulse.domain.forecast.season;

import io.autopulse.domain.forecast.Method;
import java.util.Arrays;

/**
 * Forecasts the seasonally adjusted series by another method and adds the last season to it
 * (Hyndman, Athanasopoulos, <i>Forecasting: Principles and Practice</i>, 3rd ed., 5.7;
 * statsforecast calls it MSTL). The season is found by {@link Mstl}, and the other method gets a
 * season of 1.
 *
 * <p>On logs, seasons multiply. Logs are taken only where all values are above 0; else the series
 * is decomposed as it is. A trend of logs grows without a limit, so the adjusted forecast stays
 * between half of the lowest and twice the highest adjusted value of the last two seasons.
 *
 * <p>Histories of less than two seasons, and those whose parts exceed what a double holds, are
 * forecast by the other method as they are.
 */
public final class StlWith implements Method {
  private static final double OVERSHOOT = Math.log(2);

  private final Method method;
  private final boolean logs;
  private final int last;
  private final int robustRounds;
  private final int[] periods;

  private StlWith(Method method, boolean logs, int last, int robustRounds, int... periods) {
    this.method = method;
    this.logs = logs;
    this.last = last;
    this.robustRounds = robustRounds;
    this.periods = periods;
  }

  /**
   * Decomposes the series as it is.
   *
   * @param method forecasts the adjusted series
   */
  public static StlWith plain(Method method) {
    return new StlWith(method, false, Integer.MAX_VALUE, 0);
  }

  /**
   * Decomposes the logs of the series.
   *
   * @param method forecasts the adjusted logs
   */
  public static StlWith logs(Method method) {
    return new StlWith(method, true, Integer.MAX_VALUE, 0);
  }

  /**
   * Returns the same, of the most recent values alone.
   *
   * @param count how many of them, at least 1
   */
  public StlWith last(int count) {
    return new StlWith(method, logs, count, robustRounds, periods);
  }

  /**
   * Returns the same, with values far from the fit trusted less.
   *
   * @param rounds as of {@link Stl#robust}
   */
  public StlWith robust(int rounds) {
    return new StlWith(method, logs, last, rounds, periods);
  }

  /**
   * Returns the same with these seasons in place of the one that the series has.
   *
   * @param seasons how many periods make each, at least 2
   */
  public StlWith seasons(int... seasons) {
    return new StlWith(method, logs, last, robustRounds, seasons.clone());
  }

  @Override
  public String name() {
    return (periods.length > 1 ? "mstl_" : "stl_")
        + (robustRounds > 0 ? "robust_" : "")
        + (logs ? "log_" : "")
        + method.name()
        + (last < Integer.MAX_VALUE ? "_last_" + last : "");
  }

  /** Not of less than two seasons, nor of logs where a value has none. */
  @Override
  public boolean suits(double[] history, int season) {
    double[] recent = recent(history);
    return mstl(season).fits(recent.length) && (!logs || areAllPositive(recent));
  }

  @Override
  public double[] forecast(double[] history, int season, int horizon) {
    double[] recent = recent(history);
    Mstl mstl = mstl(season);
    if (mstl.fits(recent.length)) {
      double[] mean = decomposed(mstl, recent, horizon);
      if (allFinite(mean)) {
        return mean;
      }
    }
    return method.forecast(recent, 1, horizon);
  }

  private double[] recent(double[] history) {
    return history.length > last
        ? Arrays.copyOfRange(history, history.length - last, history.length)
        : history;
  }

  private Mstl mstl(int season) {
    return periods.length > 0
        ? new Mstl(robustRounds, periods)
        : season > 1 ? new Mstl(robustRounds, season) : new Mstl(robustRounds);
  }

  private double[] decomposed(Mstl mstl, double[] values, int horizon) {
    boolean multiplies = logs && areAllPositive(values);
    Decomposition parts =
        mstl.fit(multiplies ? Arrays.stream(values).map(Math::log).toArray() : values);
    double[] adjusted = parts.adjusted();
    double[] following = parts.following(horizon);
    if (!allFinite(adjusted)) {
      return adjusted;
    }
    double[] mean = method.forecast(adjusted, 1, horizon);
    int longest = parts.periods()[parts.periods().length - 1];
    double[] guard = Arrays.copyOfRange(adjusted, adjusted.length - 2 * longest, adjusted.length);
    double least = Arrays.stream(guard).min().orElseThrow() - OVERSHOOT;
    double most = Arrays.stream(guard).max().orElseThrow() + OVERSHOOT;
    for (int h = 0; h < horizon; h++) {
      following[h] =
          multiplies
              ? Math.exp(Math.min(most, Math.max(least, mean[h])) + following[h])
              : mean[h] + following[h];
    }
    return following;
  }

  private static boolean areAllPositive(double[] values) {
    for (double value : values) {
      if (!(value > 0)) {
        return false;
      }
    }
    return true;
  }

  private static boolean allFinite(double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
