package io.autopulse.domain.sale;

/**
 * What became of an accepted version. Stored as the ordinal in blocks: append only, never reorder.
 */
public enum Fate {
  /** Not yet compared with the other versions of its sale. */
  UNRESOLVED,
  /** The highest version of its sale, sold on a day of the covered interval. */
  CURRENT,
  /** A newer version of the same sale is known. */
  SUPERSEDED,
  /** The highest version of its sale, sold on a day outside the covered interval. */
  OUT_OF_RANGE,
  /**
   * Another content of its sale, moment and sequence is known: of the two the greater ({@link
   * SaleContent}) is the version.
   */
  CONFLICTING
}
