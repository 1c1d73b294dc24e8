package io.autopulse.sink.staging.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** A column of true and false. */
final class BooleanColumn extends Column {
  // Those that are not null.
  private int[] values = new int[1 << 10];
  private int size;

  private BooleanColumn(String name, boolean nullable) {
    super(name, ColumnType.BOOLEAN, nullable);
  }

  /** Returns a column without nulls. */
  static BooleanColumn required(String name) {
    return new BooleanColumn(name, false);
  }

  /** Returns a column that takes nulls. */
  static BooleanColumn nullable(String name) {
    return new BooleanColumn(name, true);
  }

  /** Adds a value. */
  void add(boolean value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, values.length * 2);
    }
    values[size++] = value ? 1 : 0;
    added();
  }

  @Override
  void addText(byte[] bytes, int from, int length) {
    String text = new String(bytes, from, length, UTF_8);
    add(
        switch (text) {
          case "true" -> true;
          case "false" -> false;
          default -> throw new IllegalArgumentException("'" + text + "' is no BOOLEAN");
        });
  }

  @Override
  void putValues(PageBytes page) {
    page.putPacked(values, size, 1);
  }

  @Override
  void clear() {
    size = 0;
  }
}
