package io.autopulse.domain.sale.block;

import org.jspecify.annotations.Nullable;

/**
 * All distinct versions of one sale, from the lowest to the highest, as a {@link SaleBlock}: of a
 * moment and sequence the greatest content.
 */
public final class SaleChain {
  private SaleChain() {}

  /**
   * Returns the chain with one version more, or with another content of a version.
   *
   * @param chain the versions so far; null if there are none
   * @param version a block that is at a version of the sale
   * @return the new chain; null if it has a version of the same moment and sequence whose content
   *     is as great or greater
   */
  public static byte @Nullable [] with(byte @Nullable [] chain, SaleBlock version) {
    Dictionary[] dictionaries = SaleBlockWriter.newDictionaries();
    byte[][] result = {new byte[0]};
    SaleBlockWriter writer =
        new SaleBlockWriter(1, dictionaries, (partition, block) -> result[0] = block);
    int[][] codes = codes(version, dictionaries);
    boolean added = false;
    if (chain != null) {
      SaleBlock known = SaleBlock.open(chain);
      int[][] knownCodes = codes(known, dictionaries);
      while (known.advance()) {
        int order =
            SaleContent.compareMoments(version.bytes(), version.at(), known.bytes(), known.at());
        if (order == 0 && SaleContent.compare(version, known) <= 0) {
          return null;
        }
        if (order <= 0 && !added) {
          writer.add(0, version, codes);
          added = true;
        }
        if (order != 0) {
          writer.add(0, known, knownCodes);
        }
      }
    }
    if (!added) {
      writer.add(0, version, codes);
    }
    writer.flush();
    return result[0];
  }

  private static int[][] codes(SaleBlock block, Dictionary[] dictionaries) {
    int[][] codes = new int[dictionaries.length][];
    for (int d = 0; d < codes.length; d++) {
      codes[d] = block.codesIn(d, dictionaries[d]);
    }
    return codes;
  }
}
