package io.autopulse.domain.forecast.combine;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How the methods are weighed in a panel: what its series say together, and how much that counts
 * against what each says alone. The rule is the one whose combinations did best in windows that did
 * not choose their weights, over all series.
 */
final class Combination {
  private static final double[] POWERS = {2, 3, 4};
  private static final double[] TRUSTS = {1, 4, 16};
  private static final int[] MOST = {Integer.MAX_VALUE, 6, 4};
  private static final double FLOOR = 0.01;

  private final List<Backtest> backtests;
  private final Map<SeriesKind, double[][]> pooled = new EnumMap<>(SeriesKind.class);
  private final Weights rule;

  Combination(List<Backtest> backtests, int methods, int windows) {
    this.backtests = backtests;
    for (SeriesKind kind : SeriesKind.values()) {
      double[][] pools = new double[windows + 1][];
      for (int without = -1; without < windows; without++) {
        pools[without + 1] = pool(kind, methods, without);
      }
      pooled.put(kind, pools);
    }
    this.rule = choose();
  }

  /** Returns the mean relative errors of the series of a kind; NaN for a method that none has. */
  private double[] pool(SeriesKind kind, int methods, int without) {
    double[] mean = new double[methods];
    int[] counts = new int[methods];
    for (Backtest backtest : backtests) {
      if (backtest.kind() == kind && backtest.others(without) > 0) {
        double[] relative = backtest.relative(without);
        for (int m = 0; m < methods; m++) {
          if (!Double.isNaN(relative[m])) {
            counts[m]++;
            mean[m] += relative[m];
          }
        }
      }
    }
    for (int m = 0; m < methods; m++) {
      mean[m] = counts[m] > 0 ? mean[m] / counts[m] : Double.NaN;
    }
    return mean;
  }

  private Weights choose() {
    Weights best = new Weights(POWERS[0], TRUSTS[0], MOST[0]);
    double least = Double.POSITIVE_INFINITY;
    for (int most : MOST) {
      for (double power : POWERS) {
        for (double trust : TRUSTS) {
          Weights tried = new Weights(power, trust, most);
          // Computed by many threads, added up by one: the order makes the last bits.
          double[] errors = backtests.parallelStream().mapToDouble(b -> error(b, tried)).toArray();
          double error = Arrays.stream(errors).sum();
          if (error < least) {
            least = error;
            best = tried;
          }
        }
      }
    }
    return best;
  }

  // The logarithm, so that a window in which all fail does not decide.
  private double error(Backtest backtest, Weights tried) {
    double sum = 0;
    for (int w = 0; w < backtest.windows(); w++) {
      double error = backtest.kind().error(backtest.actual(w), forecast(backtest, w, tried));
      sum += Math.log(error / backtest.scale() + FLOOR);
    }
    return sum / Math.max(1, backtest.windows());
  }

  /** Returns how the methods are weighed. */
  Weights rule() {
    return rule;
  }

  /** Returns what the combination forecasts for a window, by the weights of the other windows. */
  double[] forecast(Backtest backtest, int window) {
    return forecast(backtest, window, rule);
  }

  private double[] forecast(Backtest backtest, int window, Weights weights) {
    double[][] forecasts = backtest.forecasts(window);
    return Weights.mix(
        forecasts, weights(backtest, window, weights, forecasts), backtest.actual(window).length);
  }

  /**
   * Returns the weights of a series' methods by all of its windows.
   *
   * @param forecasts what they are weights of
   */
  double[] weights(Backtest backtest, double[][] forecasts) {
    return weights(backtest, -1, rule, forecasts);
  }

  private double[] weights(Backtest backtest, int without, Weights weights, double[][] forecasts) {
    int windows = backtest.others(without);
    return weights.of(
        windows > 0 ? backtest.relative(without) : new double[0],
        windows,
        Objects.requireNonNull(pooled.get(backtest.kind()))[without + 1],
        forecasts);
  }
}
