package io.autopulse.domain.forecast.intermittent;

import io.autopulse.domain.forecast.Method;
import java.util.Arrays;

/**
 * Forecasts the smoothed size of demands by the smoothed interval between them (Croston, 1972),
 * less the 5 % by which that is too high (Syntetos, Boylan, <i>The accuracy of intermittent demand
 * estimates</i>, International Journal of Forecasting 21, 2005). Both are smoothed with 0.1. The
 * forecast does not fall while nothing is sold: {@link Tsb} does. Values of 0 or less are no
 * demand; without any, the forecast is 0.
 */
public final class CrostonSba implements Method {
  private static final double ALPHA = .1;

  @Override
  public String name() {
    return "croston_sba";
  }

  @Override
  public double[] forecast(double[] history, int season, int horizon) {
    double[] mean = new double[horizon];
    Demand demand = Demand.of(history);
    if (!demand.isNone()) {
      double size = Level.after(demand.sizes(), ALPHA);
      double interval = Level.after(demand.intervals(), ALPHA);
      Arrays.fill(mean, (1 - ALPHA / 2) * (size / interval));
    }
    return mean;
  }
}
