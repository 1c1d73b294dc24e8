package io.autopulse.sink.staging.parquet;

import io.autopulse.domain.sale.block.Dictionary;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;

/**
 * A column of texts that repeat: each distinct one stands once in the row group's dictionary page,
 * rows are bit-packed codes.
 */
final class TermColumn extends Column {
  /** The code of a null. */
  static final int NULL = -1;

  private Dictionary dictionary = new Dictionary();
  private int[] codes = new int[1 << 10];
  private int size;

  private TermColumn(String name, boolean nullable) {
    super(name, ColumnType.TEXT, nullable);
  }

  /** Returns a column without nulls. */
  static TermColumn required(String name) {
    return new TermColumn(name, false);
  }

  /** Returns a column that takes nulls. */
  static TermColumn nullable(String name) {
    return new TermColumn(name, true);
  }

  /** Returns the code of a text, good until the row group is written. */
  int code(byte[] text) {
    return dictionary.code(text);
  }

  /** Adds a row by its text's code, or {@link #NULL}. */
  void add(int code) {
    if (code == NULL) {
      addNull();
      return;
    }
    if (size == codes.length) {
      codes = Arrays.copyOf(codes, size * 2);
    }
    codes[size++] = code;
    added();
  }

  @Override
  void addText(byte[] bytes, int from, int length) {
    add(code(Arrays.copyOfRange(bytes, from, from + length)));
  }

  @Override
  boolean writeDictionary(PageWriter pages) throws IOException {
    PageBytes page = pages.body();
    for (int code = 0; code < dictionary.size(); code++) {
      byte[] entry = dictionary.entry(code);
      page.putInt(entry.length);
      page.putBytes(entry, 0, entry.length);
    }
    pages.writeDictionary(dictionary.size());
    return true;
  }

  @Override
  Encoding valueEncoding() {
    return Encoding.RLE_DICTIONARY;
  }

  @Override
  void putValues(PageBytes page) {
    int width = Math.max(1, 32 - Integer.numberOfLeadingZeros(dictionary.size() - 1));
    page.putByte(width);
    page.putVarint((size + 7) / 8 << 1 | 1);
    page.putPacked(codes, size, width);
  }

  @Override
  void clear() {
    size = 0;
    dictionary = new Dictionary();
  }
}
