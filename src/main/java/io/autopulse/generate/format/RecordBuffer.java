package io.autopulse.generate.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * Bytes that grow, with the few formats that records need written straight into them. Not for
 * several threads.
 */
public final class RecordBuffer {
  private static final long MILLIS_A_DAY = 86_400_000L;

  private byte[] bytes;
  private int size;
  private int lines;

  /** Makes an empty buffer. */
  public RecordBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  /** Returns the number of bytes. */
  public int size() {
    return size;
  }

  /** Returns how many line feeds were written. */
  public int lines() {
    return lines;
  }

  /** Returns a copy of the bytes. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** Writes the bytes. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  /** Forgets the bytes. */
  public void clear() {
    size = 0;
    lines = 0;
  }

  /** Adds an ASCII character. */
  public RecordBuffer ascii(char character) {
    room(1);
    put(character);
    return this;
  }

  /** Writes the text in UTF-8. */
  public RecordBuffer text(String text) {
    int length = text.length();
    room(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        byte[] rest = text.substring(i).getBytes(StandardCharsets.UTF_8);
        room(rest.length);
        for (byte b : rest) {
          put((char) b);
        }
        return this;
      }
      put(c);
    }
    return this;
  }

  /** Adds a number in decimal digits. */
  public RecordBuffer integer(long value) {
    if (value < 0) {
      ascii('-');
    }
    long rest = Math.abs(value);
    int digits = 1;
    for (long bound = 10; digits < 19 && rest >= bound; bound *= 10) {
      digits++;
    }
    return digits(rest, digits);
  }

  /** Writes the number with leading zeros up to the width. */
  RecordBuffer digits(long value, int width) {
    room(width);
    long rest = value;
    for (int i = size + width - 1; i >= size; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += width;
    return this;
  }

  /** Writes cents as an amount with two decimals. */
  public RecordBuffer money(long cents) {
    if (cents < 0) {
      ascii('-');
    }
    long rest = Math.abs(cents);
    return integer(rest / 100).ascii('.').digits(rest % 100, 2);
  }

  RecordBuffer date(long epochDay) {
    LocalDate date = LocalDate.ofEpochDay(epochDay);
    return digits(date.getYear(), 4)
        .ascii('-')
        .digits(date.getMonthValue(), 2)
        .ascii('-')
        .digits(date.getDayOfMonth(), 2);
  }

  /** Writes an ISO 8601 instant in UTC, with whole seconds. */
  RecordBuffer instantOfSeconds(long epochSecond) {
    return dateAndTime(epochSecond * 1000).ascii('Z');
  }

  /** Writes an ISO 8601 instant in UTC, with milliseconds. */
  RecordBuffer instantOfMillis(long epochMilli) {
    return dateAndTime(epochMilli)
        .ascii('.')
        .digits(Math.floorMod(epochMilli, 1000L), 3)
        .ascii('Z');
  }

  private RecordBuffer dateAndTime(long epochMilli) {
    long second = Math.floorMod(epochMilli, MILLIS_A_DAY) / 1000;
    return date(Math.floorDiv(epochMilli, MILLIS_A_DAY))
        .ascii('T')
        .digits(second / 3600, 2)
        .ascii(':')
        .digits(second / 60 % 60, 2)
        .ascii(':')
        .digits(second % 60, 2);
  }

  private void put(char c) {
    bytes[size++] = (byte) c;
    if (c == '\n') {
      lines++;
    }
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
