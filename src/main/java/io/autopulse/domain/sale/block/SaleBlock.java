package io.autopulse.domain.sale.block;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A block of sale versions, as {@link SaleBlockWriter} packs them: a cursor over the versions and
 * the entries that their codes mean. {@code bytes()} and {@code at()} go with the accessors of
 * {@link SaleLayout}.
 */
public final class SaleBlock {
  private final byte[] bytes;
  private final int[][] entryStarts = new int[SaleLayout.DICTIONARIES][];
  private final int versionsStart;
  private int at;
  private int next;

  private SaleBlock(byte[] bytes) {
    if (LittleEndian.getInt(bytes, 0) >= 0) {
      throw new IllegalStateException(
          "a block of sales in the layout of an earlier release: start the live job anew");
    }
    this.bytes = bytes;
    int position = 4;
    for (int d = 0; d < SaleLayout.DICTIONARIES; d++) {
      int[] starts = new int[LittleEndian.getInt(bytes, position)];
      position += 4;
      for (int i = 0; i < starts.length; i++) {
        starts[i] = position;
        position += 2 + LittleEndian.getUnsignedShort(bytes, position);
      }
      entryStarts[d] = starts;
    }
    versionsStart = position;
    next = position;
  }

  /** Opens a block before its first version. */
  public static SaleBlock open(byte[] bytes) {
    return new SaleBlock(bytes);
  }

  /** Moves to the next version; false after the last. */
  public boolean advance() {
    at = next;
    if (at >= bytes.length) {
      return false;
    }
    next = at + SaleLayout.length(bytes, at);
    return true;
  }

  /** Returns the bytes of the block. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns the position of the current version in {@link #bytes()}. */
  public int at() {
    return at;
  }

  /** Returns the number of entries of a dictionary. */
  public int entries(int dictionary) {
    return entryStarts[dictionary].length;
  }

  /** Returns a copy of an entry. */
  public byte[] entry(int dictionary, int code) {
    int start = entryStarts[dictionary][code];
    return Arrays.copyOfRange(
        bytes, start + 2, start + 2 + LittleEndian.getUnsignedShort(bytes, start));
  }

  /**
   * Returns the codes that the entries of this block's dictionary have in another dictionary,
   * indexed by this block's codes.
   */
  public int[] codesIn(int dictionary, Dictionary target) {
    int[] starts = entryStarts[dictionary];
    int[] codes = new int[starts.length];
    for (int i = 0; i < starts.length; i++) {
      int from = starts[i] + 2;
      codes[i] = target.code(bytes, from, from + LittleEndian.getUnsignedShort(bytes, starts[i]));
    }
    return codes;
  }

  /** Returns where the versions start in {@link #bytes()}. */
  int versionsStart() {
    return versionsStart;
  }

  /**
   * Returns a block of the same versions with each entry replaced: what a join with small reference
   * data costs when the attributes are dictionary-encoded.
   *
   * @param rewrite for each dictionary, the replacement of an entry
   */
  public byte[] withEntries(List<UnaryOperator<byte[]>> rewrite) {
    byte[][][] entries = new byte[SaleLayout.DICTIONARIES][][];
    int header = 4;
    for (int d = 0; d < entries.length; d++) {
      entries[d] = new byte[entries(d)][];
      header += 4;
      for (int i = 0; i < entries[d].length; i++) {
        entries[d][i] = rewrite.get(d).apply(entry(d, i));
        header += 2 + entries[d][i].length;
      }
    }
    byte[] block = new byte[header + bytes.length - versionsStart];
    LittleEndian.putInt(block, 0, ~(header - 4));
    int position = 4;
    for (byte[][] dictionary : entries) {
      LittleEndian.putInt(block, position, dictionary.length);
      position += 4;
      for (byte[] entry : dictionary) {
        position = LocalCodes.putEntry(block, position, entry);
      }
    }
    System.arraycopy(bytes, versionsStart, block, position, bytes.length - versionsStart);
    return block;
  }
}
