package io.autopulse.domain.forecast.smoothing;

import java.util.ArrayList;
import java.util.List;

/**
 * Which components a model of exponential smoothing has.
 *
 * @param multiplicativeError whether errors are relative to the forecast; they need positive values
 * @param trend whether there is an additive trend
 * @param damped whether the trend fades; only with a trend
 * @param season how the season enters
 */
record EtsForm(boolean multiplicativeError, boolean trend, boolean damped, Season season) {
  /** How a season enters. */
  enum Season {
    NONE,
    ADDITIVE,
    MULTIPLICATIVE
  }

  /** Level and trend: Holt's method. */
  static final EtsForm HOLT = new EtsForm(false, true, false, Season.NONE);

  /** Level and fading trend. */
  static final EtsForm HOLT_DAMPED = new EtsForm(false, true, true, Season.NONE);

  /**
   * Returns the forms that the automatic choice tries, in the order of the reference: a
   * multiplicative trend explodes, and an additive error with a multiplicative season is unstable.
   *
   * @param positive whether all values are above 0, without which nothing multiplies
   * @param seasonal whether a season may enter
   */
  static List<EtsForm> candidates(boolean positive, boolean seasonal) {
    List<EtsForm> forms = new ArrayList<>();
    for (boolean relative : positive ? new boolean[] {false, true} : new boolean[] {false}) {
      for (boolean trend : new boolean[] {false, true}) {
        for (Season season : Season.values()) {
          if (season != Season.NONE && !seasonal || season == Season.MULTIPLICATIVE && !relative) {
            continue;
          }
          if (trend) {
            forms.add(new EtsForm(relative, true, true, season));
          }
          forms.add(new EtsForm(relative, trend, false, season));
        }
      }
    }
    return forms;
  }

  /** Whether there is a season. */
  boolean seasonal() {
    return season != Season.NONE;
  }

  /** Returns how many smoothing parameters there are. */
  int weights() {
    return 1 + (trend ? 1 : 0) + (seasonal() ? 1 : 0) + (damped ? 1 : 0);
  }

  /**
   * Returns how many first states are fitted. The last one of a season follows from the others.
   *
   * @param season how many periods make a season
   */
  int states(int season) {
    return 1 + (trend ? 1 : 0) + (seasonal() ? season - 1 : 0);
  }
}
