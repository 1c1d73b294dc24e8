package io.autopulse.source;

import io.autopulse.domain.sale.LittleEndian;

/** Looks through bytes, eight a step where it can (Mycroft's test for a zero byte). */
final class Bytes {
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private Bytes() {}

  /** Tells whether the byte is among the first {@code n}. */
  static boolean contain(byte[] bytes, int n, byte wanted) {
    long pattern = (wanted & 0xffL) * ONES;
    int at = 0;
    for (; at + 8 <= n; at += 8) {
      long x = LittleEndian.getLong(bytes, at) ^ pattern;
      if (((x - ONES) & ~x & HIGHS) != 0) {
        return true;
      }
    }
    for (; at < n; at++) {
      if (bytes[at] == wanted) {
        return true;
      }
    }
    return false;
  }

  /** Returns how many line feeds stand from {@code from}, inclusive, to {@code to}, exclusive. */
  static int lineFeeds(byte[] bytes, int from, int to) {
    long pattern = '\n' * ONES;
    int count = 0;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      long x = LittleEndian.getLong(bytes, at) ^ pattern;
      // Exact for every byte, unlike the shorter test: no borrow crosses from one byte to the next.
      long zeros = ~(((x & ~HIGHS) + ~HIGHS) | x | ~HIGHS);
      count += Long.bitCount(zeros);
    }
    for (; at < to; at++) {
      count += bytes[at] == '\n' ? 1 : 0;
    }
    return count;
  }

  /** Returns the position after the last line feed of the first {@code n} bytes; 0 without one. */
  static int afterLastLineFeed(byte[] bytes, int n) {
    int at = n;
    while (at > 0 && bytes[at - 1] != '\n') {
      at--;
    }
    return at;
  }
}
