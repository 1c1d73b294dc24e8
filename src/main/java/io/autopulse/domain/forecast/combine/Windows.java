package io.autopulse.domain.forecast.combine;

import io.autopulse.domain.forecast.Series;
import java.util.Arrays;
import java.util.List;

/**
 * Where the windows of a backtest lie. A window is a horizon of known values that are forecast from
 * those before it; window 0 is the last one.
 *
 * @param step how many periods a window lies before the next one
 * @param count how many windows there are for a series that is long enough
 */
record Windows(int step, int count) {
  private static final int LEAST_HISTORY = 4;

  /**
   * Lays the windows for a panel. They are a horizon apart where the series in the middle keeps
   * three seasons of history in all of them, and lie closer where it is shorter.
   *
   * @param lengths how many values each series has
   * @param season how many periods make a season
   * @param horizon how many periods a window has
   * @param wanted the most windows
   */
  static Windows of(int[] lengths, int season, int horizon, int wanted) {
    int[] sorted = lengths.clone();
    Arrays.sort(sorted);
    int middle = sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    int seasons = 3;
    int room = middle - horizon - seasons * season;
    while (room < wanted - 1 && seasons > 1) {
      seasons--;
      room = middle - horizon - seasons * season;
    }
    int step = Math.max(1, Math.min(horizon, room / (wanted - 1)));
    return new Windows(step, wanted);
  }

  /** Returns how many periods before the end of the panel the history of a window ends. */
  int shift(int window, int horizon) {
    return horizon + window * step;
  }

  /**
   * Returns how many windows a series has: each needs a history of two seasons, or of half of what
   * there is when that is less.
   */
  int of(int length, int season, int horizon) {
    int least = Math.max(LEAST_HISTORY, Math.min(2 * season, (length + 1) / 2));
    int room = length - horizon - least;
    return room < 0 ? 0 : Math.min(count, room / step + 1);
  }

  /** Tells whether two windows have a period in common. */
  boolean overlap(int window, int other, int horizon) {
    return Math.abs(window - other) * step < horizon;
  }

  static int[] lengths(List<Series> panel, int shift) {
    return panel.stream().mapToInt(series -> Math.max(0, series.length() - shift)).toArray();
  }
}
