package io.autopulse.domain.forecast.intermittent;

import io.autopulse.domain.forecast.Method;
import java.util.Arrays;

/**
 * Forecasts the smoothed size of demands times the smoothed probability that a period has one
 * (Teunter, Syntetos, Babai, <i>Intermittent demand: Linking forecasting to inventory
 * obsolescence</i>, European Journal of Operational Research 214, 2011). The forecast falls with
 * each period in which nothing is sold, so it suits models that are run out. Values of 0 or less
 * are no demand; without any, the forecast is 0.
 */
public final class Tsb implements Method {
  private static final double ALPHA = .1;

  private final double sizeWeight;
  private final double probabilityWeight;

  /** Smooths both with 0.1, as {@link CrostonSba} does. */
  public Tsb() {
    this(ALPHA, ALPHA);
  }

  /**
   * Makes the method.
   *
   * @param sizeWeight the weight of each new size, above 0, at most 1
   * @param probabilityWeight the weight of each new period, above 0, at most 1
   */
  public Tsb(double sizeWeight, double probabilityWeight) {
    if (!(sizeWeight > 0 && sizeWeight <= 1 && probabilityWeight > 0 && probabilityWeight <= 1)) {
      throw new IllegalArgumentException(
          "weights lie between 0 and 1, not " + sizeWeight + " and " + probabilityWeight);
    }
    this.sizeWeight = sizeWeight;
    this.probabilityWeight = probabilityWeight;
  }

  @Override
  public String name() {
    return "tsb";
  }

  @Override
  public double[] forecast(double[] history, int season, int horizon) {
    double[] mean = new double[horizon];
    Demand demand = Demand.of(history);
    if (!demand.isNone()) {
      double[] sold = new double[history.length];
      for (int i = 0; i < sold.length; i++) {
        sold[i] = history[i] > 0 ? 1 : 0;
      }
      Arrays.fill(
          mean, Level.after(demand.sizes(), sizeWeight) * Level.after(sold, probabilityWeight));
    }
    return mean;
  }
}
