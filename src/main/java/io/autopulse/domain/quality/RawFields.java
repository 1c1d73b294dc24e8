package io.autopulse.domain.quality;

import java.util.Arrays;

/**
 * The fields of one raw record as they came, in one character array: overwritten by each record,
 * because a string a field is what parsing would otherwise spend its time on. Fields are numbered
 * by their column.
 */
public final class RawFields {
  private char[] text = new char[512];
  private int[] ends = new int[32];
  private int count;

  /** Starts a new record. */
  public void clear() {
    count = 0;
  }

  /** Adds the next field. */
  public void add(char[] source, int from, int length) {
    int start = start(count);
    if (start + length > text.length) {
      text = Arrays.copyOf(text, Math.max(start + length, text.length * 2));
    }
    System.arraycopy(source, from, text, start, length);
    close(start + length);
  }

  /** Adds the next field. */
  public void add(String value) {
    int start = start(count);
    if (start + value.length() > text.length) {
      text = Arrays.copyOf(text, Math.max(start + value.length(), text.length * 2));
    }
    value.getChars(0, value.length(), text, start);
    close(start + value.length());
  }

  private void close(int end) {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
    }
    ends[count++] = end;
  }

  /** Returns the number of fields. */
  public int count() {
    return count;
  }

  /** Returns the characters of all fields; only valid until the next record. */
  public char[] text() {
    return text;
  }

  /** Returns where a field starts in {@link #text()}. */
  public int start(int column) {
    return column == 0 ? 0 : ends[column - 1];
  }

  /** Returns where a field ends in {@link #text()}, exclusive. */
  public int end(int column) {
    return ends[column];
  }

  /** Returns a field as a string. */
  public String get(int column) {
    return new String(text, start(column), end(column) - start(column));
  }
}
