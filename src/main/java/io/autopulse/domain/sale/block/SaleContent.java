package io.autopulse.domain.sale.block;

import java.util.Arrays;

/**
 * The order of all versions of one sale, whatever their order of arrival: by {@code updated_at},
 * then {@code sequence}, then content. Of equal moments and sequences the greater content is the
 * version: {@code RETURNED} before {@code CANCELLED} before {@code SOLD}, then the later {@code
 * sold_at}, the higher {@code net_price}, the higher {@code list_price} (none is the lowest), and
 * then the greater text, by its UTF-8 bytes, of {@code model_id}, {@code make}, {@code model},
 * {@code segment}, {@code powertrain}, {@code dealer_id}, {@code region}, {@code channel}, {@code
 * source}. The warehouse orders by the same columns.
 *
 * <p>Whether two contents are one is a matter of what the source sent, and not of what reference
 * data made of it since: each version carries a 64-bit fingerprint of its fields as they were
 * parsed.
 */
final class SaleContent {
  /** The fingerprint of a version of which the warehouse knows only what became of it. */
  static final long NOT_KNOWN = 0;

  private static final long PRIME = 0x100000001b3L;
  private static final long MIXER = 0x9E3779B97F4A7C15L;

  private SaleContent() {}

  /** Returns the hash of {@code bytes[from, to)}, the same in every process. */
  static long fingerprint(byte[] bytes, int from, int to) {
    long hash = 0xcbf29ce484222325L;
    for (int i = from; i < to; i++) {
      hash = (hash ^ (bytes[i] & 0xff)) * PRIME;
    }
    return mixed(hash);
  }

  /** Sets the fingerprint of a version whose codes are those of the dictionaries. */
  static void seal(byte[] bytes, int at, int[] codes, Dictionary[] dictionaries) {
    long hash = mixed(SaleLayout.status(bytes, at) + 1L);
    hash = mixed(hash * MIXER + SaleLayout.soldAt(bytes, at));
    hash = mixed(hash * MIXER + SaleLayout.netPrice(bytes, at));
    hash = mixed(hash * MIXER + SaleLayout.listPrice(bytes, at));
    for (int d = 0; d < dictionaries.length; d++) {
      hash = mixed(hash * MIXER + dictionaries[d].fingerprint(codes[d]));
    }
    SaleLayout.setFingerprint(bytes, at, hash == NOT_KNOWN ? 1 : hash);
  }

  private static long mixed(long hash) {
    long h = (hash ^ hash >>> 32) * MIXER;
    return h ^ h >>> 29;
  }

  /** Compares the versions of one sale that two blocks are at. */
  static int compare(SaleBlock a, SaleBlock b) {
    int order = compareColumns(a, b);
    return order != 0 ? order : compareFingerprints(a.bytes(), a.at(), b.bytes(), b.at());
  }

  /**
   * Compares the versions of one sale that two blocks are at, by what the warehouse has of them.
   */
  static int compareColumns(SaleBlock a, SaleBlock b) {
    int order = compareMoments(a.bytes(), a.at(), b.bytes(), b.at());
    if (order == 0) {
      order = compareNumbers(a.bytes(), a.at(), b.bytes(), b.at());
    }
    for (int d = 0; order == 0 && d < SaleLayout.DICTIONARIES; d++) {
      order =
          Arrays.compareUnsigned(
              a.entry(d, SaleLayout.code(a.bytes(), a.at(), d)),
              b.entry(d, SaleLayout.code(b.bytes(), b.at(), d)));
    }
    return order;
  }

  /** Compares two versions of one sale whose codes are those of the dictionaries. */
  static int compare(byte[] bytes, int a, int b, Dictionary[] dictionaries) {
    int order = compareMoments(bytes, a, bytes, b);
    if (order == 0) {
      order = compareNumbers(bytes, a, bytes, b);
    }
    for (int d = 0; order == 0 && d < SaleLayout.DICTIONARIES; d++) {
      // Codes follow the order of arrival, entries do not.
      order =
          Arrays.compareUnsigned(
              dictionaries[d].entry(SaleLayout.code(bytes, a, d)),
              dictionaries[d].entry(SaleLayout.code(bytes, b, d)));
    }
    return order != 0 ? order : compareFingerprints(bytes, a, bytes, b);
  }

  /** Compares moments, then sequences: zero if two contents of them cannot both be versions. */
  static int compareMoments(byte[] a, int atA, byte[] b, int atB) {
    int order = Long.compare(SaleLayout.updatedAt(a, atA), SaleLayout.updatedAt(b, atB));
    return order != 0
        ? order
        : Long.compare(SaleLayout.sequence(a, atA), SaleLayout.sequence(b, atB));
  }

  private static int compareNumbers(byte[] a, int atA, byte[] b, int atB) {
    int order = Integer.compare(SaleLayout.status(a, atA), SaleLayout.status(b, atB));
    if (order == 0) {
      order = Long.compare(SaleLayout.soldAt(a, atA), SaleLayout.soldAt(b, atB));
    }
    if (order == 0) {
      order = Long.compare(SaleLayout.netPrice(a, atA), SaleLayout.netPrice(b, atB));
    }
    return order != 0
        ? order
        : Long.compare(SaleLayout.listPrice(a, atA), SaleLayout.listPrice(b, atB));
  }

  // Contents that reference data made equal: which of them is the version shows in no column.
  private static int compareFingerprints(byte[] a, int atA, byte[] b, int atB) {
    return Long.compare(SaleLayout.fingerprint(a, atA), SaleLayout.fingerprint(b, atB));
  }
}
