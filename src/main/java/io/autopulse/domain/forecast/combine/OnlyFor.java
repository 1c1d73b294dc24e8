package io.autopulse.domain.forecast.combine;

import io.autopulse.domain.forecast.Method;
import io.autopulse.domain.forecast.intermittent.DemandClass;

/** A method that joins a combination only for histories of the kind that it is meant for. */
public final class OnlyFor implements Method {
  /** Which histories a method is meant for. */
  private interface Kind {
    boolean fits(double[] history, int season);
  }

  /** So many values without a season are few. */
  private static final int FEW = 12;

  private final Method method;
  private final Kind kind;

  private OnlyFor(Method method, Kind kind) {
    this.method = method;
    this.kind = kind;
  }

  /**
   * Asks a method only where something is sold now and then.
   *
   * @param method the method
   */
  public static OnlyFor intermittent(Method method) {
    return new OnlyFor(method, (history, season) -> DemandClass.of(history).isIntermittent());
  }

  /**
   * Asks a method only where a history has less than two seasons, or fewer than {@value #FEW}
   * values without a season: no season can be taken out of it.
   *
   * @param method the method
   */
  public static OnlyFor shortHistories(Method method) {
    return new OnlyFor(
        method, (history, season) -> history.length < (season > 1 ? 2 * season : FEW));
  }

  @Override
  public String name() {
    return method.name();
  }

  @Override
  public boolean suits(double[] history, int season) {
    return kind.fits(history, season) && method.suits(history, season);
  }

  @Override
  public double[] forecast(double[] history, int season, int horizon) {
    return method.forecast(history, season, horizon);
  }
}
