package io.autopulse.transform.forecast.boost;

import io.autopulse.domain.forecast.Series;

/**
 * The features of one series as it was known at an origin, relative to its mean of the last season:
 * lags, moving averages, spread, share of periods without a sale, trend, the same time of earlier
 * seasons, and what the calendar knows of the target. What the history is too short for is NaN.
 */
final class SeriesFeatures {
  private static final int[] LAGS = {1, 2, 3, 4, 5, 6, 8};
  private static final double EASE = 0.1;

  private final double[] values;
  private final float[] calendar;
  private final Windows windows;
  private final double[] sums;
  private final double[] squares;
  private final int[] zeros;

  /**
   * Makes the features of a series.
   *
   * @param series the series
   * @param windows how far they look back
   * @param calendar the calendar's features of its periods and those to come
   */
  SeriesFeatures(Series series, Windows windows, float[] calendar) {
    this.values = series.values();
    this.windows = windows;
    this.calendar = calendar;
    int n = values.length;
    sums = new double[n + 1];
    squares = new double[n + 1];
    zeros = new int[n + 1];
    for (int i = 0; i < n; i++) {
      sums[i + 1] = sums[i] + values[i];
      squares[i + 1] = squares[i] + values[i] * values[i];
      zeros[i + 1] = zeros[i] + (values[i] <= 0 ? 1 : 0);
    }
  }

  /** Returns how many features a row has. */
  static int width(Windows windows) {
    return LAGS.length + windows.means().length + 8 + 6 + CalendarFeatures.WIDTH;
  }

  /** Returns how many features of a row are those of its origin; they are the first. */
  static int originWidth(Windows windows) {
    return LAGS.length + windows.means().length + 8;
  }

  /** Returns the mean of the last season before an origin; 0 if nothing sold in it. */
  double scale(int origin) {
    return origin == 0 ? 0 : mean(origin, windows.scale());
  }

  /** Returns the value of a period relative to a scale. */
  double target(int period, double scale) {
    return values[period] / scale;
  }

  /**
   * Writes what is known at an origin, whatever the target.
   *
   * @param origin how many periods are known, at least 1
   * @param scale the positive mean that values are divided by
   * @param row where to
   * @param begin where in it
   */
  void writeOrigin(int origin, double scale, float[] row, int begin) {
    int at = begin;
    for (int lag : LAGS) {
      row[at++] = lag <= origin ? (float) (values[origin - lag] / scale) : Float.NaN;
    }
    int[] means = windows.means();
    for (int window : means) {
      row[at++] = window <= origin ? (float) (mean(origin, window) / scale) : Float.NaN;
    }
    row[at++] = (float) (spread(origin, means[1]) / scale);
    row[at++] = (float) (spread(origin, means[3]) / scale);
    row[at++] = share(origin, means[1]);
    row[at++] = share(origin, means[3]);
    row[at++] =
        origin >= 2 * means[2]
            ? (float) ((mean(origin, means[2]) - mean(origin - means[2], means[2])) / scale)
            : Float.NaN;
    row[at++] = yearOnYear(origin, means[0], scale);
    row[at++] = yearOnYear(origin, Math.max(means[0], windows.season() / 2), scale);
    row[at] = (float) Math.log(scale);
  }

  private float yearOnYear(int origin, int window, double scale) {
    int before = origin - Math.max(windows.season(), window);
    if (before < window) {
      return Float.NaN;
    }
    return (float) ((mean(origin, window) / scale + EASE) / (mean(before, window) / scale + EASE));
  }

  /**
   * Writes what is known of a target.
   *
   * @param origin how many periods are known
   * @param ahead how many periods ahead of the last known one the target is, at least 1
   * @param scale the positive mean that values are divided by
   * @param row where to
   * @param begin where in it
   */
  void writeTarget(int origin, int ahead, double scale, float[] row, int begin) {
    int period = origin + ahead - 1;
    int season = Math.max(windows.season(), 2);
    int before = period;
    while (before >= origin) {
      before -= season;
    }
    int at = begin;
    row[at++] = ahead;
    row[at++] = value(before, origin, scale);
    row[at++] = around(before, origin, scale);
    row[at++] = value(before - season, origin, scale);
    row[at++] = around(before - season, origin, scale);
    row[at++] = before < 0 ? Float.NaN : calendarOf(period, 1) - calendarOf(before, 1);
    for (int feature = 0; feature < CalendarFeatures.WIDTH; feature++) {
      row[at++] = calendarOf(period, feature);
    }
  }

  private float calendarOf(int period, int feature) {
    return calendar[period * CalendarFeatures.WIDTH + feature];
  }

  private float value(int period, int origin, double scale) {
    return period >= 0 && period < origin ? (float) (values[period] / scale) : Float.NaN;
  }

  private float around(int period, int origin, double scale) {
    int from = Math.max(0, period - 2);
    int to = Math.min(origin, period + 3);
    return period < 0 || from >= to
        ? Float.NaN
        : (float) ((sums[to] - sums[from]) / (to - from) / scale);
  }

  private double mean(int end, int window) {
    int from = Math.max(0, end - window);
    return (sums[end] - sums[from]) / (end - from);
  }

  private double spread(int end, int window) {
    int from = Math.max(0, end - window);
    double mean = (sums[end] - sums[from]) / (end - from);
    return Math.sqrt(Math.max(0, (squares[end] - squares[from]) / (end - from) - mean * mean));
  }

  private float share(int end, int window) {
    int from = Math.max(0, end - window);
    return (float) (zeros[end] - zeros[from]) / (end - from);
  }
}
