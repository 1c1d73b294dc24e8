package io.autopulse.source.file;

import io.autopulse.domain.sale.block.LittleEndian;

/** Looks through bytes, eight a step where it can (Mycroft's test for a zero byte). */
public final class Bytes {
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private Bytes() {}

  /** Tells whether the byte is among the first {@code n}. */
  public static boolean contain(byte[] bytes, int n, byte wanted) {
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

  /**
   * Returns how many lines end from {@code from}, inclusive, to {@code to}, exclusive: at LF, CR
   * LF, or a CR alone. A CR that is the last byte ends a line; where the next bytes begin with its
   * LF, that is not counted again ({@code afterReturn}).
   *
   * @param afterReturn whether the byte before {@code from} is a CR that was counted
   */
  public static int lineBreaks(byte[] bytes, int from, int to, boolean afterReturn) {
    int count = 0;
    // The highest bit of the first byte is set if a CR precedes it.
    long before = afterReturn ? 0x80L : 0;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      long x = LittleEndian.getLong(bytes, at);
      long feeds = equal(x, '\n' * ONES);
      long cr = x ^ '\r' * ONES;
      if ((before | ((cr - ONES) & ~cr & HIGHS)) == 0) {
        // Most files have no CR.
        count += Long.bitCount(feeds);
        continue;
      }
      long returns = equal(x, '\r' * ONES);
      long pairs = (returns << 8 | before) & feeds;
      before = returns >>> 56;
      count += Long.bitCount(feeds) + Long.bitCount(returns) - Long.bitCount(pairs);
    }
    boolean afterCr = before != 0;
    for (; at < to; at++) {
      count += bytes[at] == '\r' || (bytes[at] == '\n' && !afterCr) ? 1 : 0;
      afterCr = bytes[at] == '\r';
    }
    return count;
  }

  // The highest bit of each byte that is equal. Exact for every byte, unlike the shorter test: no
  // borrow crosses from one byte to the next.
  private static long equal(long word, long pattern) {
    long x = word ^ pattern;
    return ~(((x & ~HIGHS) + ~HIGHS) | x | ~HIGHS);
  }

  /**
   * Returns the position after the last line break of the first {@code n} bytes; 0 without one. A
   * CR that is the last byte is none yet: the next byte may be its LF.
   */
  public static int afterLastLineBreak(byte[] bytes, int n) {
    int at = n;
    while (at > 0 && bytes[at - 1] != '\n' && (bytes[at - 1] != '\r' || at == n)) {
      at--;
    }
    return at;
  }
}
