package io.autopulse.domain.forecast.interval;

import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

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
   * A scaled error.
   *
   * @param value actual less forecast
   * @param weight how much it counts, above 0, at most 1
   */
  record Score(double value, double weight) {}

  /**
   * Learns the tails.
   *
   * @param scores scaled errors
   * @param coverage the share of errors within the interval
   * @param dependent how many scores say about as much as one: those of one window are alike
   */
  static Tails of(List<Score> scores, double coverage, int dependent) {
    int n = scores.size();
    if (n == 0) {
      double reach = NORMAL_SPREAD * StudentT.quantile((1 + coverage) / 2, 30);
      return new Tails(reach, reach);
    }
    double reach = reach(scores, Math::abs, coverage);
    double tail = (1 - coverage) / 2;
    if ((n + 1) * tail < 1 || !isLopsided(scores, dependent)) {
      return new Tails(reach, reach);
    }
    return new Tails(
        Math.max(0, reach(scores, value -> -value, 1 - tail)),
        Math.max(0, reach(scores, value -> value, 1 - tail)));
  }

  private static double reach(List<Score> scores, DoubleUnaryOperator side, double probability) {
    List<Score> sorted =
        scores.stream()
            .map(score -> new Score(side.applyAsDouble(score.value()), score.weight()))
            .sorted(Comparator.comparingDouble(Score::value).thenComparingDouble(Score::weight))
            .toList();
    return Conformal.quantile(
        sorted.stream().mapToDouble(Score::value).toArray(),
        sorted.stream().mapToDouble(Score::weight).toArray(),
        probability);
  }

  // Of the largest fifth of errors, is one sign more frequent than two standard errors allow?
  private static boolean isLopsided(List<Score> scores, int dependent) {
    double large = reach(scores, Math::abs, 0.8);
    int count = 0;
    int positive = 0;
    for (Score score : scores) {
      if (Math.abs(score.value()) > large) {
        count++;
        positive += score.value() > 0 ? 1 : 0;
      }
    }
    double effective = (double) count / dependent;
    return effective > 0
        && Math.abs((double) positive / count - 0.5) > CHANCE * 0.5 / Math.sqrt(effective);
  }
}
