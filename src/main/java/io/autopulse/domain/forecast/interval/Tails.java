package io.autopulse.domain.forecast.interval;

import java.util.Arrays;

/**
 * How far an interval reaches to either side, in units of scaled errors. It is symmetric unless the
 * large errors lie on one side more often than chance allows.
 *
 * @param below how far below the forecast, not negative
 * @param above how far above the forecast, not negative
 */
record Tails(double below, double above) {
  private static final double CHANCE = 2;

  /** Without any error to learn from: the errors of a normal distribution with mean error 1. */
  private static final double NORMAL_SPREAD = 1.2533141373155003;

  /**
   * Learns the tails.
   *
   * @param scores scaled errors, actual less forecast
   * @param coverage the share of errors within the interval
   * @param dependent how many scores say about as much as one: those of one window are alike
   */
  static Tails of(double[] scores, double coverage, int dependent) {
    int n = scores.length;
    if (n == 0) {
      double reach = NORMAL_SPREAD * StudentT.quantile((1 + coverage) / 2, 30);
      return new Tails(reach, reach);
    }
    double[] sizes = Arrays.stream(scores).map(Math::abs).sorted().toArray();
    double reach = Conformal.quantile(sizes, coverage);
    double tail = (1 - coverage) / 2;
    if ((n + 1) * tail < 1 || !isLopsided(scores, sizes, dependent)) {
      return new Tails(reach, reach);
    }
    double[] above = scores.clone();
    Arrays.sort(above);
    double[] below = Arrays.stream(scores).map(score -> -score).sorted().toArray();
    return new Tails(
        Math.max(0, Conformal.quantile(below, 1 - tail)),
        Math.max(0, Conformal.quantile(above, 1 - tail)));
  }

  // Of the largest fifth of errors, is one sign more frequent than two standard errors allow?
  private static boolean isLopsided(double[] scores, double[] sizes, int dependent) {
    double large = Conformal.quantile(sizes, 0.8);
    int count = 0;
    int positive = 0;
    for (double score : scores) {
      if (Math.abs(score) > large) {
        count++;
        positive += score > 0 ? 1 : 0;
      }
    }
    double effective = (double) count / dependent;
    return effective > 0
        && Math.abs((double) positive / count - 0.5) > CHANCE * 0.5 / Math.sqrt(effective);
  }
}
