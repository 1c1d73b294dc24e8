package io.autopulse.domain.sale.block;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Packs sale versions into self-contained blocks, one open block a partition. A block carries the
 * dictionary entries that its own versions use and no others, so that it can be read alone, in any
 * order and more than once (a retry).
 *
 * <p>Block: {@code int} complement of the length of the dictionaries' section (earlier releases,
 * whose versions had no fingerprint, wrote the length itself); for each dictionary an {@code int}
 * count and its entries, each an unsigned {@code short} length and the bytes; then the versions
 * ({@link SaleLayout}). Not safe for use by several threads.
 */
public final class SaleBlockWriter {
  /** Bytes of versions in a block: large enough that the dictionaries are a small part of it. */
  public static final int BLOCK_BYTES = 1 << 20;

  private final Dictionary[] dictionaries;
  private final BlockConsumer out;
  private final OpenBlock[] open;

  /**
   * Makes a writer.
   *
   * @param partitions the number of partitions
   * @param dictionaries what the codes of the versions mean, {@link SaleLayout#DICTIONARIES} of
   *     them; may grow while writing
   * @param out takes each full block
   */
  public SaleBlockWriter(int partitions, Dictionary[] dictionaries, BlockConsumer out) {
    this.dictionaries = dictionaries;
    this.out = out;
    this.open = new OpenBlock[partitions];
  }

  /** Takes finished blocks. */
  @FunctionalInterface
  public interface BlockConsumer {
    /** Takes a finished block of a partition. */
    void accept(int partition, byte[] block);
  }

  /** Returns empty dictionaries for a writer. */
  public static Dictionary[] newDictionaries() {
    Dictionary[] dictionaries = new Dictionary[SaleLayout.DICTIONARIES];
    Arrays.setAll(dictionaries, d -> new Dictionary());
    return dictionaries;
  }

  /** Adds a version to a partition. */
  public void add(int partition, SaleDraft sale) {
    OpenBlock block = room(partition, sale.length());
    int at = block.length;
    block.length = sale.writeTo(block.bytes, at);
    for (int d = 0; d < SaleLayout.DICTIONARIES; d++) {
      SaleLayout.setCode(block.bytes, at, d, block.codes[d].localCode(sale.codes[d]));
    }
    SaleContent.seal(block.bytes, at, sale.codes, dictionaries);
  }

  /**
   * Adds a version that already stands in {@code bytes} at {@code at}, its codes being those of
   * this writer's dictionaries.
   */
  public void add(int partition, byte[] bytes, int at) {
    add(partition, bytes, at, null);
  }

  /**
   * Adds the version that another block is at.
   *
   * @param codes for each dictionary, the codes of that block's entries in this writer's ({@link
   *     SaleBlock#codesIn})
   */
  public void add(int partition, SaleBlock version, int[][] codes) {
    add(partition, version.bytes(), version.at(), codes);
  }

  private void add(int partition, byte[] bytes, int at, int @Nullable [][] codes) {
    int length = SaleLayout.length(bytes, at);
    OpenBlock block = room(partition, length);
    System.arraycopy(bytes, at, block.bytes, block.length, length);
    for (int d = 0; d < SaleLayout.DICTIONARIES; d++) {
      int code = SaleLayout.code(bytes, at, d);
      SaleLayout.setCode(
          block.bytes,
          block.length,
          d,
          block.codes[d].localCode(codes == null ? code : codes[d][code]));
    }
    block.length += length;
  }

  /** Hands out every block that is not empty. */
  public void flush() {
    for (int partition = 0; partition < open.length; partition++) {
      flush(partition);
    }
  }

  private OpenBlock room(int partition, int length) {
    OpenBlock block = open[partition];
    if (block == null) {
      block = open[partition] = new OpenBlock();
    }
    if (block.length + length > BLOCK_BYTES) {
      flush(partition);
    }
    block.ensure(length);
    return block;
  }

  private void flush(int partition) {
    OpenBlock block = open[partition];
    if (block == null || block.length == 0) {
      return;
    }
    out.accept(partition, block.close(dictionaries));
  }

  /**
   * Versions that wait for their block to fill, and the codes that their entries will have in it.
   */
  private static final class OpenBlock {
    // Small bundles are common (streams, a direct runner's reads): start small, grow to a block.
    byte[] bytes = new byte[4 << 10];
    int length;
    final LocalCodes[] codes = new LocalCodes[SaleLayout.DICTIONARIES];

    OpenBlock() {
      Arrays.setAll(codes, d -> new LocalCodes());
    }

    void ensure(int more) {
      if (length + more > bytes.length) {
        bytes =
            Arrays.copyOf(bytes, Math.max(length + more, Math.min(bytes.length * 4, BLOCK_BYTES)));
      }
    }

    byte[] close(Dictionary[] dictionaries) {
      int header = 4;
      for (int d = 0; d < codes.length; d++) {
        header += codes[d].encodedLength(dictionaries[d]);
      }
      byte[] block = new byte[header + length];
      LittleEndian.putInt(block, 0, ~(header - 4));
      int at = 4;
      for (int d = 0; d < codes.length; d++) {
        at = codes[d].encode(dictionaries[d], block, at);
        codes[d].clear();
      }
      System.arraycopy(bytes, 0, block, at, length);
      length = 0;
      return block;
    }
  }
}
