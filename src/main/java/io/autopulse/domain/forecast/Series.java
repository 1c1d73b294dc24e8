package io.autopulse.domain.forecast;

import io.autopulse.domain.calendar.Step;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * A regular series: one value a period, without a gap.
 *
 * @param key what tells it apart within its panel
 * @param step the length of a period
 * @param start the first day of the first period
 * @param season how many periods make a season; 1 for none
 * @param values the values, oldest first, finite; the array is not copied and must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // millions of values are read in place
public record Series(String key, Step step, LocalDate start, int season, double[] values) {
  /** Checks the season and the values. */
  public Series {
    if (season < 1) {
      throw new IllegalArgumentException("a season has at least one period, not " + season);
    }
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("a value of series " + key + " is not finite");
      }
    }
  }

  /** Returns how many periods there are. */
  public int length() {
    return values.length;
  }

  /**
   * Returns the first day of a period.
   *
   * @param index the period, 0 for the first; from {@link #length()} on they lie in the future
   */
  public LocalDate day(int index) {
    return step.plus(start, index);
  }

  /**
   * Returns the series as it was after its first periods.
   *
   * @param length how many periods are kept
   */
  public Series first(int length) {
    return withValues(Arrays.copyOf(values, length));
  }

  /**
   * Returns a series of the same periods from the same start with other values.
   *
   * @param others the other values
   */
  public Series withValues(double[] others) {
    return new Series(key, step, start, season, others);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Series that
        && key.equals(that.key)
        && step == that.step
        && start.equals(that.start)
        && season == that.season
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return key + " from " + start + " by " + step + ": " + Arrays.toString(values);
  }
}
