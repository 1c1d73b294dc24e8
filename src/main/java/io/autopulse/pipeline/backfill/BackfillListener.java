package io.autopulse.pipeline.backfill;

import io.autopulse.pipeline.run.RunSummary;

/** Is told how far a backfill is, by several threads. */
public interface BackfillListener {
  /** Takes what the run of a chunk does next, such as {@code reading}. */
  void stage(Chunk chunk, String message);

  /**
   * Takes a chunk that was published.
   *
   * @param progress how far the backfill is with it
   */
  void published(Chunk chunk, RunSummary summary, Progress progress);

  /**
   * How far a backfill is.
   *
   * @param computed chunks that were published since it began; at least one
   * @param left chunks that are to be computed still
   * @param seconds since it began
   */
  record Progress(int computed, int left, double seconds) {
    /** Returns how many chunks are published a minute. */
    public double chunksPerMinute() {
      return computed * 60 / Math.max(seconds, 1e-3);
    }

    /** Returns how many minutes the rest takes at this rate. */
    public double minutesLeft() {
      return left / chunksPerMinute();
    }
  }
}
