package io.autopulse.domain.forecast.combine;

import io.autopulse.domain.forecast.Method;
import io.autopulse.domain.forecast.season.Outliers;
import java.util.Arrays;

/**
 * A method that sees a history with its {@link Outliers} at their bounds. It joins only where there
 * are any, beside the same method of the history as it is: the backtest, which measures by what was
 * sold, tells a strike from promotions that will come again.
 */
public final class Clipped implements Method {
  private final Method method;

  /**
   * Makes the method.
   *
   * @param method forecasts the clipped history
   */
  public Clipped(Method method) {
    this.method = method;
  }

  @Override
  public String name() {
    return "clipped_" + method.name();
  }

  @Override
  public boolean suits(double[] history, int season) {
    return method.suits(history, season) && !Arrays.equals(history, Outliers.clip(history, season));
  }

  @Override
  public double[] forecast(double[] history, int season, int horizon) {
    return method.forecast(Outliers.clip(history, season), season, horizon);
  }
}
