package io.autopulse.domain.forecast.intermittent;

import io.autopulse.domain.forecast.Method;
import java.util.Arrays;

/**
 * Averages the forecasts from sums of one period, of two, and so on up to as many as lie between
 * two demands on average (Petropoulos, Kourentzes, <i>Forecast combinations for intermittent
 * demand</i>, Journal of the Operational Research Society 66, 2015; Syntetos, Boylan,
 * <i>Intermittent Demand Forecasting</i>, 2021). The weight of each new sum is the best one between
 * 0.1 and 0.3. Values of 0 or less are no demand; without any, the forecast is 0.
 */
public final class Imapa implements Method {
  @Override
  public String name() {
    return "imapa";
  }

  @Override
  public double[] forecast(double[] history, int season, int horizon) {
    double[] mean = new double[horizon];
    Demand demand = Demand.of(history);
    if (!demand.isNone()) {
      int most = demand.meanInterval();
      double sum = 0;
      for (int periods = 1; periods <= most; periods++) {
        sum += Level.perPeriod(history, periods) / most;
      }
      Arrays.fill(mean, sum);
    }
    return mean;
  }
}
