package io.autopulse.domain.forecast.simple;

import io.autopulse.domain.forecast.Method;

/**
 * Carries the last season forward, scaled by how the most recent periods compare with the same
 * periods a season before: what analysts call last year's figure times the growth of the year to
 * date.
 *
 * <p>The growth is the sum of the last {@code k} values by the sum of the {@code k} values a season
 * before them, held within {@code 1 / bound} and {@code bound}: a launch or a strike in one of the
 * two years is no growth that goes on. By default {@code k} is a quarter of the season (13 weeks, 3
 * months) and the bound is 1.2: of monthly sales of brands, most growth beyond it does not last.
 * Where fewer than {@code k} periods have one a season before, those that have are compared.
 * Periods beyond the next season repeat it; growth is applied once.
 *
 * <p>Without any such period, or where one of the sums is negative or that of the year before is 0,
 * the growth is 1, as it is where the season is 1: then this is {@link SeasonalNaive}.
 */
public final class YearOverYear implements Method {
  private static final SeasonalNaive SEASONAL_NAIVE = new SeasonalNaive();
  private static final double BOUND = 1.2;

  private final int recent;
  private final double bound;

  /** Compares a quarter of the season; growth is at most 1.2 and at least 1 / 1.2. */
  public YearOverYear() {
    this(0, BOUND);
  }

  /**
   * Makes the method.
   *
   * @param recent how many of the last periods are compared; 0 for a quarter of the season
   * @param bound the most that growth may be, at least 1; its inverse is the least
   */
  public YearOverYear(int recent, double bound) {
    if (recent < 0 || !(bound >= 1)) {
      throw new IllegalArgumentException(
          "periods must be 0 or more and the bound 1 or more, not " + recent + " and " + bound);
    }
    this.recent = recent;
    this.bound = bound;
  }

  @Override
  public String name() {
    return recent == 0 ? "year_over_year" : "year_over_year_" + recent;
  }

  @Override
  public double[] forecast(double[] history, int season, int horizon) {
    double[] mean = SEASONAL_NAIVE.forecast(history, season, horizon);
    double growth = growth(history, season);
    for (int h = 0; h < horizon; h++) {
      double value = mean[h] * growth;
      mean[h] = Double.isFinite(value) ? value : mean[h];
    }
    return mean;
  }

  /**
   * Returns the growth over a season, within the bounds; 1 where it is not known.
   *
   * @param history the values, oldest first
   * @param season how many periods make a season
   */
  double growth(double[] history, int season) {
    int wanted = recent > 0 ? recent : Math.max(1, season / 4);
    int compared = season == 1 ? 0 : Math.min(wanted, history.length - season);
    double now = 0;
    double before = 0;
    for (int i = history.length - compared; i < history.length; i++) {
      now += history[i];
      before += history[i - season];
    }
    double growth = now / before;
    return now >= 0 && before > 0 && Double.isFinite(growth)
        ? Math.min(bound, Math.max(1 / bound, growth))
        : 1;
  }
}
