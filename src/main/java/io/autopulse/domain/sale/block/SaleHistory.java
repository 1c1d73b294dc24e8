package io.autopulse.domain.sale.block;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a stream remembers of one sale, as bytes: the moments, sequences and fingerprints of all
 * versions and contents that it has seen, so that a duplicate is told from an older version and
 * from another content of one moment, and its highest version whole, so that its measures can be
 * taken out of the cells that it is in.
 *
 * <p>A {@code short} zero (earlier releases, without fingerprints, began with their number of
 * versions), an unsigned {@code short} number of contents, 24 bytes for each, then a {@link
 * SaleBlock} of the highest: about 260 bytes for a sale of one version, and 24 for each further
 * one.
 */
final class SaleHistory {
  private static final int HEADER = 4;
  private static final int CONTENT = 24;
  private static final int MOST_CONTENTS = 0xffff;

  private SaleHistory() {}

  /** How a version relates to those that came before it. */
  enum Standing {
    /** No version of the same moment and sequence is known. */
    NEW,
    /** The version is known. */
    DUPLICATE,
    /** The version is known from the warehouse; its source tells it for the first time. */
    KNOWN,
    /** Other contents of the same moment and sequence are known; this one is not. */
    CONFLICTING
  }

  /** Returns how the version that a block is at relates to the history. */
  static Standing standing(byte @Nullable [] history, SaleBlock block) {
    if (history == null) {
      return Standing.NEW;
    }
    long fingerprint = SaleLayout.fingerprint(block.bytes(), block.at());
    int ofMoment = 0;
    boolean ofWarehouse = fingerprint == SaleContent.NOT_KNOWN;
    for (int i = 0; i < contents(history); i++) {
      if (isOfMoment(history, i, block)) {
        long known = fingerprint(history, i);
        if (fingerprint == known) {
          return Standing.DUPLICATE;
        }
        ofMoment++;
        ofWarehouse |= known == SaleContent.NOT_KNOWN;
      }
    }
    if (ofMoment == 0) {
      return Standing.NEW;
    }
    if (!ofWarehouse || !mayBeKnown(history, block, ofMoment)) {
      return Standing.CONFLICTING;
    }
    return fingerprint == SaleContent.NOT_KNOWN ? Standing.DUPLICATE : Standing.KNOWN;
  }

  private static boolean isOfMoment(byte[] history, int content, SaleBlock block) {
    int known = HEADER + CONTENT * content;
    return SaleLayout.updatedAt(block.bytes(), block.at()) == LittleEndian.getLong(history, known)
        && SaleLayout.sequence(block.bytes(), block.at())
            == LittleEndian.getLong(history, known + 8);
  }

  private static long fingerprint(byte[] history, int content) {
    return LittleEndian.getLong(history, HEADER + CONTENT * content + 16);
  }

  /**
   * Tells whether a version and one of its moment, of which one comes from the warehouse, are the
   * same. The columns of the highest version are there to be compared. Of the contents below it
   * nothing but their number counts, so they are taken for the same.
   */
  private static boolean mayBeKnown(byte[] history, SaleBlock block, int ofMoment) {
    SaleBlock highest = highest(history);
    if (SaleContent.compareMoments(block.bytes(), block.at(), highest.bytes(), highest.at()) != 0) {
      return true;
    }
    int order = SaleContent.compareColumns(block, highest);
    boolean onlyHighest =
        SaleLayout.fingerprint(block.bytes(), block.at()) == SaleContent.NOT_KNOWN
            ? ofMoment == 1
            : SaleLayout.fingerprint(highest.bytes(), highest.at()) == SaleContent.NOT_KNOWN;
    return order == 0 || (order < 0 && !onlyHighest);
  }

  /** Returns the history in which a version that the warehouse knew has its source's content. */
  static byte[] recognized(byte[] history, SaleBlock block) {
    byte[] result = history.clone();
    for (int i = 0; i < contents(history); i++) {
      if (isOfMoment(history, i, block) && fingerprint(history, i) == SaleContent.NOT_KNOWN) {
        LittleEndian.putLong(
            result, HEADER + CONTENT * i + 16, SaleLayout.fingerprint(block.bytes(), block.at()));
        return result;
      }
    }
    throw new IllegalStateException("no version of that moment is known from the warehouse");
  }

  /** Returns a block that is at the highest version. */
  static SaleBlock highest(byte[] history) {
    SaleBlock block = SaleBlock.open(highestBytes(history));
    block.advance();
    return block;
  }

  /** Returns when the highest version was sold, microseconds UTC. */
  static long soldAt(byte[] history) {
    SaleBlock block = highest(history);
    return SaleLayout.soldAt(block.bytes(), block.at());
  }

  /**
   * Returns the history with one content more.
   *
   * @param highest the block of the version that is the highest now; null if it stays
   * @throws IllegalStateException if the sale has 65,535 already: a source that sends one sale
   *     without end must be looked at
   */
  static byte[] with(byte @Nullable [] history, byte[] bytes, int at, byte @Nullable [] highest) {
    byte[] block = highest == null && history != null ? highestBytes(history) : highest;
    if (block == null) {
      throw new IllegalArgumentException("the first version of a sale is its highest");
    }
    int contents = history == null ? 0 : contents(history);
    if (contents == MOST_CONTENTS) {
      throw new IllegalStateException("a sale has more than " + MOST_CONTENTS + " versions");
    }
    int end = HEADER + CONTENT * contents;
    byte[] result = new byte[end + CONTENT + block.length];
    if (history != null) {
      System.arraycopy(history, 0, result, 0, end);
    }
    LittleEndian.putShort(result, 2, contents + 1);
    LittleEndian.putLong(result, end, SaleLayout.updatedAt(bytes, at));
    LittleEndian.putLong(result, end + 8, SaleLayout.sequence(bytes, at));
    LittleEndian.putLong(result, end + 16, SaleLayout.fingerprint(bytes, at));
    System.arraycopy(block, 0, result, end + CONTENT, block.length);
    return result;
  }

  private static byte[] highestBytes(byte[] history) {
    return Arrays.copyOfRange(history, HEADER + CONTENT * contents(history), history.length);
  }

  private static int contents(byte[] history) {
    if (LittleEndian.getUnsignedShort(history, 0) != 0) {
      throw new IllegalStateException(
          "the state of a sale in the layout of an earlier release: start the live job anew");
    }
    return LittleEndian.getUnsignedShort(history, 2);
  }
}
