package io.autopulse.domain.forecast.season;

import java.util.Arrays;

/**
 * Brings values that lie far from what level and season explain back to a bound. It is
 * conservative: a value that stays as it is costs a forecast less than a peak of each year that is
 * taken for chance.
 *
 * <p>The fit is a robust {@link Stl}, which trusts a value the less the further it lies from the
 * median of the same phase over the years; for less than three seasons, or without a season, a
 * running median of seven values. What is left is divided by the level. A value is far where that
 * lies below the lower or above the upper quartile by more than three times what lies between the
 * quartiles (five times beside a running median), where it lies as far from the level alone, and
 * where its distance from the fit is more than three times the root of the fit, which chance alone
 * makes of numbers sold. It is set to that bound, unless
 *
 * <ul>
 *   <li>it stands in a run of three or more such values on the same side, or in one of two at the
 *       end: the level changed;
 *   <li>a season before or after, or a period beside those, the series leaves its level to the same
 *       side by at least half as much: this is season.
 * </ul>
 *
 * <p>Series of fewer than eight values stay as they are, and so do those of which more than a
 * quarter are 0: there, sales are the outliers.
 */
public final class Outliers {
  private static final int LEAST = 8;
  private static final double BESIDE_SEASON = 3;
  private static final double BESIDE_MEDIAN = 5;
  private static final int EITHER_SIDE = 3;
  private static final double CHANCE = 3;
  private static final double LEAST_LEVEL = .1;

  private final double[] values;
  private final int season;
  private final double[] level;
  private final double[] fit;
  private final double reach;

  private Outliers(double[] values, int season) {
    this.values = values;
    this.season = season;
    if (season > 1 && values.length >= 3 * season) {
      Decomposition parts = new Stl(season, 11, 0, 2, 1).fit(values, trust(values, season));
      level = parts.trend();
      fit = new double[values.length];
      for (int i = 0; i < fit.length; i++) {
        fit[i] = level[i] + parts.seasonal()[0][i];
      }
      reach = BESIDE_SEASON;
    } else {
      fit = runningMedians(values, 2 * EITHER_SIDE + 1, false);
      level = fit;
      reach = BESIDE_MEDIAN;
    }
  }

  /** By the distance from the median of the phase, all divided by the median of the season. */
  private static double[] trust(double[] values, int season) {
    double[] scale = scale(runningMedians(values, season, true));
    double[] parts = new double[values.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = values[i] / scale[i];
    }
    double[] distances = new double[values.length];
    for (int phase = 0; phase < season; phase++) {
      double[] same = new double[(values.length - phase - 1) / season + 1];
      for (int i = 0; i < same.length; i++) {
        same[i] = parts[phase + i * season];
      }
      double usual = median(same);
      for (int i = phase; i < values.length; i += season) {
        distances[i] = Math.abs(parts[i] - usual);
      }
    }
    return Stl.bisquare(distances);
  }

  /**
   * Returns a series with its outliers at their bounds; a new array.
   *
   * @param values the series
   * @param season how many periods make a season; 1 for none
   */
  public static double[] clip(double[] values, int season) {
    double[] clipped = values.clone();
    long zeros = Arrays.stream(values).filter(value -> value == 0).count();
    if (values.length >= LEAST && zeros * 4 <= values.length) {
      new Outliers(values, season).clipInto(clipped);
    }
    return clipped;
  }

  private void clipInto(double[] clipped) {
    double[] scale = scale(level);
    double[] left = new double[values.length];
    for (int i = 0; i < left.length; i++) {
      left[i] = (values[i] - fit[i]) / scale[i];
      if (!Double.isFinite(left[i])) {
        return; // values as large as a double holds, or all 0
      }
    }
    double[] sorted = left.clone();
    Arrays.sort(sorted);
    double lower = sorted[sorted.length / 4];
    double upper = sorted[sorted.length - 1 - sorted.length / 4];
    double least = lower - reach * (upper - lower);
    double most = upper + reach * (upper - lower);
    int[] side = new int[values.length];
    for (int i = 0; i < side.length; i++) {
      double off = (values[i] - level[i]) / scale[i];
      if (Math.abs(values[i] - fit[i]) > chance(i)) {
        side[i] = Math.max(left[i], off) < least ? -1 : Math.min(left[i], off) > most ? 1 : 0;
      }
    }
    for (int i = 0; i < side.length; i++) {
      if (side[i] != 0 && !isNewLevel(side, i) && !isSeason(i, scale)) {
        clipped[i] =
            side[i] < 0
                ? fit[i] + Math.min(least * scale[i], -chance(i))
                : fit[i] + Math.max(most * scale[i], chance(i));
      }
    }
  }

  /** How far from the fit a number sold may lie by chance: three of its standard deviations. */
  private double chance(int index) {
    return CHANCE * Math.sqrt(Math.max(1, Math.abs(fit[index])));
  }

  /** The level, at least a tenth of its mean, so that quotients stay small. */
  private static double[] scale(double[] level) {
    double mean = 0;
    for (double value : level) {
      mean += Math.abs(value) / level.length;
    }
    double[] scale = new double[level.length];
    for (int i = 0; i < scale.length; i++) {
      scale[i] = Math.max(Math.abs(level[i]), LEAST_LEVEL * mean);
    }
    return scale;
  }

  private static boolean isNewLevel(int[] side, int index) {
    int first = index;
    while (first > 0 && side[first - 1] == side[index]) {
      first--;
    }
    int end = index + 1;
    while (end < side.length && side[end] == side[index]) {
      end++;
    }
    return end - first >= 3 || (end == side.length && end - first == 2);
  }

  private boolean isSeason(int index, double[] scale) {
    double off = (values[index] - level[index]) / scale[index];
    for (int around = -1; around <= 1 && season > 1; around++) {
      for (int peer : new int[] {index - season + around, index + season + around}) {
        if (peer >= 0 && peer < values.length) {
          double other = (values[peer] - level[peer]) / scale[peer];
          if (other * Math.signum(off) >= Math.abs(off) / 2) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /**
   * Returns the medians of the values around each.
   *
   * @param width how many values are around one
   * @param whole whether windows at the ends are whole, and not centred, or cut
   */
  private static double[] runningMedians(double[] values, int width, boolean whole) {
    double[] medians = new double[values.length];
    double[] sorted = new double[Math.min(width, values.length)]; // the window, as it moves on
    int half = width / 2;
    int first = 0;
    int end = 0;
    for (int i = 0; i < medians.length; i++) {
      int from = Math.max(0, whole ? Math.min(i - half, values.length - width) : i - half);
      int to = Math.min(values.length, whole ? from + width : i + half + 1);
      for (; first < from; first++) {
        remove(sorted, end - first, values[first]);
      }
      for (; end < to; end++) {
        insert(sorted, end - first, values[end]);
      }
      medians[i] = middle(sorted, end - first);
    }
    return medians;
  }

  private static void remove(double[] sorted, int count, double value) {
    int place = Arrays.binarySearch(sorted, 0, count, value);
    System.arraycopy(sorted, place + 1, sorted, place, count - place - 1);
  }

  private static void insert(double[] sorted, int count, double value) {
    int found = Arrays.binarySearch(sorted, 0, count, value);
    int place = found < 0 ? -found - 1 : found;
    System.arraycopy(sorted, place, sorted, place + 1, count - place);
    sorted[place] = value;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return middle(values, values.length);
  }

  private static double middle(double[] sorted, int count) {
    int middle = count / 2;
    return count % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
  }
}
