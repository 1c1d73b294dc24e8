package io.autopulse.domain.kpi;

import io.autopulse.domain.sale.block.Dictionary;
import io.autopulse.domain.sale.block.LittleEndian;
import io.autopulse.domain.sale.block.LocalCodes;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Packs KPI rows into blocks of two dictionaries (names of dimensions, members) and rows of {@link
 * KpiLayout}. Not safe for use by several threads.
 */
public final class KpiBlockWriter {
  private static final int BLOCK_BYTES = 512 << 10;

  private final Dictionary dimensions;
  private final Dictionary members;
  private final Consumer<byte[]> out;
  private final LocalCodes localDimensions = new LocalCodes();
  private final LocalCodes localMembers = new LocalCodes();
  private byte[] rows = new byte[KpiLayout.LENGTH * 64];
  private int length;

  /**
   * Makes a writer.
   *
   * @param dimensions the names that dimension codes mean
   * @param members the names that member codes mean
   * @param out takes the blocks
   */
  public KpiBlockWriter(Dictionary dimensions, Dictionary members, Consumer<byte[]> out) {
    this.dimensions = dimensions;
    this.members = members;
    this.out = out;
  }

  /** Returns the position in {@link #rows} of a new row. */
  public int newRow() {
    if (length + KpiLayout.LENGTH > BLOCK_BYTES) {
      flush();
    }
    if (length + KpiLayout.LENGTH > rows.length) {
      rows = Arrays.copyOf(rows, rows.length * 4);
    }
    int at = length;
    length += KpiLayout.LENGTH;
    return at;
  }

  /** Returns the bytes of the rows of this block, to be filled. */
  public byte[] rows() {
    return rows;
  }

  /** Returns the code of a dimension in this block. */
  public int localDimension(int code) {
    return localDimensions.localCode(code);
  }

  /** Returns the code of a member in this block. */
  public int localMember(int code) {
    return localMembers.localCode(code);
  }

  /** Hands over the block that has begun, if it has rows. */
  public void flush() {
    if (length == 0) {
      return;
    }
    int header =
        4 + localDimensions.encodedLength(dimensions) + localMembers.encodedLength(members);
    byte[] block = new byte[header + length];
    LittleEndian.putInt(block, 0, header);
    localMembers.encode(members, block, localDimensions.encode(dimensions, block, 4));
    System.arraycopy(rows, 0, block, header, length);
    localDimensions.clear();
    localMembers.clear();
    length = 0;
    out.accept(block);
  }
}
