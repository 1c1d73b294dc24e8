package io.autopulse.sink.staging.parquet;

import java.util.Arrays;

/** A column of true and false without nulls. */
final class BooleanColumn extends Column {
  private int[] values = new int[1 << 10];

  BooleanColumn(String name) {
    super(name, ColumnType.BOOLEAN, false);
  }

  /** Adds a value. */
  void add(boolean value) {
    if (rows() == values.length) {
      values = Arrays.copyOf(values, values.length * 2);
    }
    values[rows()] = value ? 1 : 0;
    added();
  }

  @Override
  void putValues(PageBytes page) {
    page.putPacked(values, rows(), 1);
  }

  @Override
  void clear() {}
}
