package io.autopulse.sink.staging.snowflake;

import io.autopulse.sink.staging.StagedTable;

/**
 * Into how many files a table's rows are written: Snowflake loads compressed files of 100 to 250 MB
 * best, several at once, and one COPY takes the names of 1,000 files at most.
 */
final class StagingShards {
  private static final long FILE_BYTES = 150L << 20;

  /** Rows written out as texts and compressed are a third of the feed or less. */
  private static final long COMPRESSED = 3;

  /** A feed of which more than a part is rejected is not published. */
  private static final long OF_REJECTED = 4;

  private static final int MOST = 1000;
  private static final int FOR_UNKNOWN_SIZE = 8;

  private StagingShards() {}

  /**
   * Returns the number of files.
   *
   * @param bytes how many bytes the run reads; 0 if unknown, as of a database
   */
  static int of(StagedTable table, long bytes) {
    return switch (table) {
      case REJECTED_RECORDS -> forFeedOf(bytes, COMPRESSED * OF_REJECTED);
      case VEHICLES,
          DEALERS,
          SALES_TARGETS,
          COUNTS,
          MARKET_REGISTRATIONS,
          FUEL_PRICES,
          MARKET_ATTENTION,
          UNMAPPED_NAMES ->
          1;
      case MARKET_REGISTRATIONS_LIVE,
          FUEL_PRICES_LIVE,
          MARKET_ATTENTION_LIVE,
          TREND_FEATURES_LIVE ->
          throw new IllegalArgumentException(table + " is dropped, never staged");
      default -> forFeedOf(bytes, COMPRESSED);
    };
  }

  private static int forFeedOf(long bytes, long divisor) {
    if (bytes == 0) {
      return FOR_UNKNOWN_SIZE;
    }
    long compressed = bytes / divisor;
    return (int) Math.max(1, Math.min(MOST, (compressed + FILE_BYTES - 1) / FILE_BYTES));
  }
}
