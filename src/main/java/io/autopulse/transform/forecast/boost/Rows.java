package io.autopulse.transform.forecast.boost;

import java.util.Arrays;

/** A growing matrix of features, row after row; NaN is a missing value. */
final class Rows {
  private final int width;
  private float[] values;
  private int count;

  /**
   * Makes an empty matrix.
   *
   * @param width how many features a row has
   * @param expected how many rows it will probably have
   */
  Rows(int width, int expected) {
    this.width = width;
    this.values = new float[Math.multiplyExact(width, Math.max(1, expected))];
  }

  /** Adds a row and returns where it begins within {@link #buffer()}. */
  int add() {
    int begin = count * width;
    if (begin + width > values.length) {
      values = Arrays.copyOf(values, Math.max(begin + width, values.length * 3 / 2));
    }
    count++;
    return begin;
  }

  /** Returns the array behind the rows; it changes with the next row that is added. */
  float[] buffer() {
    return values;
  }

  /** Returns the values of all rows. */
  float[] values() {
    return values.length == count * width ? values : Arrays.copyOf(values, count * width);
  }

  int count() {
    return count;
  }

  int width() {
    return width;
  }
}
