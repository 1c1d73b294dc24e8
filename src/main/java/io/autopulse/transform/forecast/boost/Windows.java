package io.autopulse.transform.forecast.boost;

/**
 * How far the features of a series look back.
 *
 * @param means the lengths of the moving averages, ascending, at least four
 * @param season how many periods make a season; 1 for none
 */
@SuppressWarnings("ArrayRecordComponent") // read in place for every row
record Windows(int[] means, int season) {
  private static final int[] WEEKLY = {4, 8, 13, 26, 52};
  private static final int[] DAILY = {3, 7, 14, 28, 56};
  private static final int[] OTHERS = {3, 6, 12, 24, 36};

  /** Returns the windows of a season. */
  static Windows of(int season) {
    return new Windows(season >= 26 ? WEEKLY : season == 7 || season == 1 ? DAILY : OTHERS, season);
  }

  /** Returns over how many periods the mean of a series is taken that it is scaled by. */
  int scale() {
    return Math.max(season, means[2]);
  }

  /** Returns how many periods a history has at least before it trains the model. */
  int shortest() {
    return means[3];
  }
}
