package io.autopulse.sink.staging.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A column of 32 or 64-bit numbers: counts, days, microseconds, cents, millionths. */
final class NumberColumn extends Column {
  private final ColumnType type;
  private final boolean wide;
  private final PageBytes values = new PageBytes();

  private NumberColumn(String name, ColumnType type, boolean nullable, boolean wide) {
    super(name, type, nullable);
    this.type = type;
    this.wide = wide;
  }

  /** Returns a column without nulls. */
  static NumberColumn required(String name, ColumnType type) {
    return new NumberColumn(name, type, false, isWide(type));
  }

  /** Returns a column that takes nulls. */
  static NumberColumn nullable(String name, ColumnType type) {
    return new NumberColumn(name, type, true, isWide(type));
  }

  private static boolean isWide(ColumnType type) {
    return switch (type) {
      case BIGINT, TIMESTAMP, AMOUNT, UNIT_PRICE, MEASURE -> true;
      case INTEGER, DATE, SHARE -> false;
      case TEXT, BOOLEAN -> throw new IllegalArgumentException(type + " is no number");
    };
  }

  /** Adds a value. */
  void add(long value) {
    if (wide) {
      values.putLong(value);
    } else {
      values.putInt(Math.toIntExact(value));
    }
    added();
  }

  /** Adds a value, or a null if it is the one that stands for null. */
  void add(long value, long absent) {
    if (value == absent) {
      addNull();
    } else {
      add(value);
    }
  }

  @Override
  void addText(byte[] bytes, int from, int length) {
    add(type.number(new String(bytes, from, length, UTF_8)));
  }

  @Override
  void putValues(PageBytes page) {
    page.putBytes(values.array(), 0, values.length());
  }

  @Override
  void clear() {
    values.clear();
  }
}
