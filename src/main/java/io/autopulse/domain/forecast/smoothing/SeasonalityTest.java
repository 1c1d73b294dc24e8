package io.autopulse.domain.forecast.smoothing;

/** Decides whether a history has a season that is worth taking out before it is forecast. */
@FunctionalInterface
public interface SeasonalityTest {
  /**
   * Returns whether there is a season.
   *
   * @param history the values, oldest first, finite; not changed
   * @param season how many periods would make the season, at least 2; the history has at least two
   *     seasons
   */
  boolean seasonal(double[] history, int season);
}
