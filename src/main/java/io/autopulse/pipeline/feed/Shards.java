package io.autopulse.pipeline.feed;

/**
 * How many parts the versions of sales are resolved in: a part must fit in a worker's memory, and
 * each costs a little to start.
 */
public final class Shards {
  private static final long SHARD_BYTES = 16L << 20;
  private static final int FEWEST = 8;
  private static final int MOST = 4096;
  private static final int FOR_UNKNOWN_SIZE = 128;

  private Shards() {}

  /**
   * Returns the number of shards for a feed of that size.
   *
   * @param bytes the size of its files; 0 if unknown, as of a database
   */
  public static int forFeedOf(long bytes) {
    return bytes == 0
        ? FOR_UNKNOWN_SIZE
        : (int) Math.max(FEWEST, Math.min(MOST, bytes / SHARD_BYTES));
  }
}
