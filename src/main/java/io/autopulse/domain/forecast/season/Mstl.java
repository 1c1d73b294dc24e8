package io.autopulse.domain.forecast.season;

import java.util.Arrays;

/**
 * Decomposes a series with several seasons by {@link Stl} (Bandara, Hyndman, Bergmeir, <i>MSTL: A
 * Seasonal-Trend Decomposition Algorithm for Time Series with Multiple Seasonal Patterns</i>,
 * 2021). Each season in turn, the shortest first, is fitted to the series without the others, twice
 * if there are several; the windows are 11, 15, 19 and so on. Seasons of which a series has less
 * than two are left out.
 */
public final class Mstl {
  private final int[] periods;
  private final int robustRounds;

  /**
   * Makes the decomposition.
   *
   * @param robustRounds how often values far from the fit are trusted less, as of {@link Stl}; 0
   *     for never
   * @param periods how many periods make each season, each at least 2
   */
  public Mstl(int robustRounds, int... periods) {
    this.periods = Arrays.stream(periods).sorted().distinct().toArray();
    this.robustRounds = robustRounds;
    for (int period : periods) {
      Stl.of(period); // checks it
    }
  }

  /** Returns whether a series is long enough for any of the seasons. */
  public boolean fits(int length) {
    return periods.length > 0 && length >= 2 * periods[0];
  }

  /**
   * Decomposes a series.
   *
   * @param values the series, at least two of the shortest seasons
   */
  public Decomposition fit(double[] values) {
    int length = values.length;
    if (!fits(length)) {
      throw new IllegalArgumentException(
          length + " values are too few for seasons of " + Arrays.toString(periods));
    }
    int[] used = Arrays.stream(periods).filter(period -> length >= 2 * period).toArray();
    double[][] seasonal = new double[used.length][length];
    double[] adjusted = values.clone();
    double[] trend = values;
    for (int turn = 0; turn < (used.length > 1 ? 2 : 1); turn++) {
      for (int s = 0; s < used.length; s++) {
        add(adjusted, seasonal[s], 1);
        Decomposition one = stl(used[s], s).fit(adjusted);
        trend = one.trend();
        seasonal[s] = one.seasonal()[0];
        add(adjusted, seasonal[s], -1);
      }
    }
    add(adjusted, trend, -1);
    return new Decomposition(used, trend, seasonal, adjusted);
  }

  private Stl stl(int period, int place) {
    Stl stl = new Stl(period, 11 + 4 * place, 0, 5, 0);
    return robustRounds > 0 ? stl.robust(robustRounds) : stl;
  }

  private static void add(double[] to, double[] values, int sign) {
    for (int i = 0; i < to.length; i++) {
      to[i] += sign * values[i];
    }
  }
}
