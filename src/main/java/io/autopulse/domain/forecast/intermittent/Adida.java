package io.autopulse.domain.forecast.intermittent;

import io.autopulse.domain.forecast.Method;
import java.util.Arrays;

/**
 * Smooths sums of as many periods as lie between two demands on average, and spreads the forecast
 * evenly over them (Nikolopoulos, Syntetos, Boylan, Petropoulos, Assimakopoulos, <i>An
 * aggregate-disaggregate intermittent demand approach (ADIDA) to forecasting</i>, Journal of the
 * Operational Research Society 62, 2011). The weight of each new sum is the best one between 0.1
 * and 0.3. Values of 0 or less are no demand; without any, the forecast is 0.
 */
public final class Adida implements Method {
  @Override
  public String name() {
    return "adida";
  }

  @Override
  public double[] forecast(double[] history, int season, int horizon) {
    double[] mean = new double[horizon];
    Demand demand = Demand.of(history);
    if (!demand.isNone()) {
      Arrays.fill(mean, Level.perPeriod(history, demand.meanInterval()));
    }
    return mean;
  }
}
