package io.autopulse.domain.sale;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a stream remembers of one sale, as bytes: the moments and sequences of all versions that it
 * has seen, so that a duplicate is told from an older version, and its highest version whole, so
 * that its measures can be taken out of the cells that it is in.
 *
 * <p>An unsigned {@code short} number of versions, 16 bytes for each, then a {@link SaleBlock} of
 * the highest: about 250 bytes for a sale of one version, and 16 for each further one.
 */
final class SaleHistory {
  private static final int VERSION_ID = 16;
  private static final int MOST_VERSIONS = 0xffff;

  private SaleHistory() {}

  /** How a version stands to those that came before it. */
  enum Standing {
    /** No version of the sale was known, or only older ones. */
    HIGHEST,
    /** A higher one is known. */
    PASSED,
    /** A version of the same moment and sequence is known; its content counts. */
    DUPLICATE
  }

  /** Returns how the version that stands in {@code bytes} at {@code at} relates to the history. */
  static Standing standing(byte @Nullable [] history, byte[] bytes, int at) {
    if (history == null) {
      return Standing.HIGHEST;
    }
    long updatedAt = SaleLayout.updatedAt(bytes, at);
    long sequence = SaleLayout.sequence(bytes, at);
    int versions = versions(history);
    boolean highest = true;
    for (int i = 0; i < versions; i++) {
      int id = 2 + VERSION_ID * i;
      int order = Long.compare(updatedAt, LittleEndian.getLong(history, id));
      if (order == 0) {
        order = Long.compare(sequence, LittleEndian.getLong(history, id + 8));
      }
      if (order == 0) {
        return Standing.DUPLICATE;
      }
      highest &= order > 0;
    }
    return highest ? Standing.HIGHEST : Standing.PASSED;
  }

  /** Returns the block of the highest version. */
  static byte[] highest(byte[] history) {
    return Arrays.copyOfRange(history, 2 + VERSION_ID * versions(history), history.length);
  }

  /** Returns when the highest version was sold, microseconds UTC. */
  static long soldAt(byte[] history) {
    SaleBlock block = SaleBlock.open(highest(history));
    block.advance();
    return SaleLayout.soldAt(block.bytes(), block.at());
  }

  /**
   * Returns the history with one version more.
   *
   * @param highest the block of the version that is the highest now
   * @throws IllegalStateException if the sale has 65,535 versions already: a source that sends one
   *     sale without end must be looked at
   */
  static byte[] with(byte @Nullable [] history, byte[] bytes, int at, byte[] highest) {
    int versions = history == null ? 0 : versions(history);
    if (versions == MOST_VERSIONS) {
      throw new IllegalStateException("a sale has more than " + MOST_VERSIONS + " versions");
    }
    int ids = 2 + VERSION_ID * versions;
    byte[] result = new byte[ids + VERSION_ID + highest.length];
    if (history != null) {
      System.arraycopy(history, 0, result, 0, ids);
    }
    LittleEndian.putShort(result, 0, versions + 1);
    LittleEndian.putLong(result, ids, SaleLayout.updatedAt(bytes, at));
    LittleEndian.putLong(result, ids + 8, SaleLayout.sequence(bytes, at));
    System.arraycopy(highest, 0, result, ids + VERSION_ID, highest.length);
    return result;
  }

  private static int versions(byte[] history) {
    return LittleEndian.getUnsignedShort(history, 0);
  }
}
