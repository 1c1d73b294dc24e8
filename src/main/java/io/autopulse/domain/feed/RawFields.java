package io.autopulse.domain.feed;

import io.autopulse.domain.sale.WhiteSpace;
import java.util.Arrays;

/**
 * The fields of one raw record as they came: overwritten by each record, because a string a field
 * is what parsing would otherwise spend its time on. Fields are numbered by their column. They
 * stand either in the reader's own characters ({@link #view}) or in this object's ({@link #add}).
 */
public final class RawFields {
  private char[] own = new char[512];
  private char[] text = own;
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private int count;
  private long numbers;

  /** Starts a new record. */
  public void clear() {
    count = 0;
    numbers = 0;
  }

  /**
   * Adds the next field, which stands in {@code source} until the next record.
   *
   * @throws IllegalArgumentException if an earlier field of the record stands elsewhere
   */
  public void view(char[] source, int from, int length) {
    if (text != source) {
      if (count > 0) {
        throw new IllegalArgumentException("the fields of a record stand in one array");
      }
      text = source;
    }
    close(from, from + length);
  }

  /** Adds the next field. */
  public void add(String value) {
    int start = count == 0 ? 0 : ends[count - 1];
    int end = start + value.length();
    if (end > own.length) {
      own = Arrays.copyOf(own, Math.max(end, own.length * 2));
    }
    text = own;
    value.getChars(0, value.length(), own, start);
    close(start, end);
  }

  /** Notes that the last field is a number of JSON, not a text that the feed's marks explain. */
  public void markNumber() {
    if (count <= Long.SIZE) {
      numbers |= 1L << (count - 1);
    }
  }

  /** Tells whether a field, one of the first 64, is a number of JSON. */
  public boolean isNumber(int column) {
    return column < Long.SIZE && (numbers >>> column & 1) != 0;
  }

  private void close(int start, int end) {
    if (count == ends.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    starts[count] = start;
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
    return starts[column];
  }

  /** Returns where a field ends in {@link #text()}, exclusive. */
  public int end(int column) {
    return ends[column];
  }

  /** Tells whether every field is blank: a row of separators is no record. */
  public boolean isBlank() {
    for (int i = 0; i < count; i++) {
      if (WhiteSpace.start(text, starts[i], ends[i]) < ends[i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns a field as a string. */
  public String get(int column) {
    return new String(text, starts[column], ends[column] - starts[column]);
  }
}
