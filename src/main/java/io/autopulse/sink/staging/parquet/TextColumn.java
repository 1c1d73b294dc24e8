package io.autopulse.sink.staging.parquet;

/** A column of texts that are all or mostly different. */
final class TextColumn extends Column {
  private final PageBytes values = new PageBytes();

  private TextColumn(String name, boolean nullable) {
    super(name, ColumnType.TEXT, nullable);
  }

  /** Returns a column without nulls. */
  static TextColumn required(String name) {
    return new TextColumn(name, false);
  }

  /** Returns a column that takes nulls. */
  static TextColumn nullable(String name) {
    return new TextColumn(name, true);
  }

  /** Adds the UTF-8 text {@code bytes[from, from + length)}. */
  void add(byte[] bytes, int from, int length) {
    values.putInt(length);
    values.putBytes(bytes, from, length);
    added();
  }

  @Override
  void addText(byte[] bytes, int from, int length) {
    add(bytes, from, length);
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
