package io.autopulse.domain.kpi;

import io.autopulse.domain.sale.block.LittleEndian;
import java.util.Arrays;

/**
 * A block of KPI rows, as {@link KpiBlockWriter} packs them: where the rows stand, and what their
 * codes mean.
 */
public final class KpiBlock {
  private final byte[] bytes;
  private final byte[][] dimensions;
  private final byte[][] members;
  private final int rowsStart;
  private int position = 4;

  private KpiBlock(byte[] bytes) {
    this.bytes = bytes;
    rowsStart = LittleEndian.getInt(bytes, 0);
    dimensions = readEntries();
    members = readEntries();
  }

  /** Opens a block. */
  public static KpiBlock open(byte[] bytes) {
    return new KpiBlock(bytes);
  }

  private byte[][] readEntries() {
    byte[][] entries = new byte[LittleEndian.getInt(bytes, position)][];
    position += 4;
    for (int i = 0; i < entries.length; i++) {
      int length = LittleEndian.getUnsignedShort(bytes, position);
      entries[i] = Arrays.copyOfRange(bytes, position + 2, position + 2 + length);
      position += 2 + length;
    }
    return entries;
  }

  /** Returns the number of rows. */
  public int rows() {
    return (bytes.length - rowsStart) / KpiLayout.LENGTH;
  }

  /** Returns where a row stands in {@link #bytes()}. */
  public int at(int row) {
    return rowsStart + row * KpiLayout.LENGTH;
  }

  /** Returns the bytes that {@link KpiLayout}'s accessors read. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns the number of dimensions that the rows name. */
  public int dimensions() {
    return dimensions.length;
  }

  /** Returns the number of members that the rows name. */
  public int members() {
    return members.length;
  }

  /** Returns the name of a dimension, UTF-8. */
  public byte[] dimension(int code) {
    return dimensions[code];
  }

  /** Returns a member, UTF-8. */
  public byte[] member(int code) {
    return members[code];
  }
}
