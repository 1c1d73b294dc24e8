package io.autopulse.domain.forecast.interval;

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
   * @param scores scaled errors
   * @param coverage the share of errors within the interval
   * @param dependent how many scores say about as much as one: those of one window are alike
   * @param fading how much a window counts by the one after it
   */
  static Tails of(Scores scores, double coverage, int dependent, double fading) {
    int n = scores.size();
    if (n == 0) {
      double reach = NORMAL_SPREAD * StudentT.quantile((1 + coverage) / 2, 30);
      return new Tails(reach, reach);
    }
    double reach = scores.size(coverage, fading);
    double tail = (1 - coverage) / 2;
    if ((n + 1) * tail < 1 || !isLopsided(scores, dependent, fading)) {
      return new Tails(reach, reach);
    }
    return new Tails(
        Math.max(0, scores.below(1 - tail, fading)), Math.max(0, scores.above(1 - tail, fading)));
  }

  // Of the largest fifth of errors, is one sign more frequent than two standard errors allow?
  private static boolean isLopsided(Scores scores, int dependent, double fading) {
    double large = scores.size(0.8, fading);
    int count = 0;
    int positive = 0;
    for (int i = 0; i < scores.size(); i++) {
      if (Math.abs(scores.value(i)) > large) {
        count++;
        positive += scores.value(i) > 0 ? 1 : 0;
      }
    }
    double effective = (double) count / dependent;
    return effective > 0
        && Math.abs((double) positive / count - 0.5) > CHANCE * 0.5 / Math.sqrt(effective);
  }
}
