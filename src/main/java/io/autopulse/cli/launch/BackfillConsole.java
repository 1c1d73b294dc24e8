package io.autopulse.cli.launch;

import io.autopulse.cli.summary.BackfillText;
import io.autopulse.pipeline.backfill.BackfillListener;
import io.autopulse.pipeline.backfill.Chunk;
import io.autopulse.pipeline.run.RunSummary;
import io.autopulse.warehouse.runs.FeedCounts;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * What a backfill shows while it works: a line a stage of a chunk, for logs and terminals alike.
 */
public final class BackfillConsole implements BackfillListener {
  private final PrintWriter err;
  private final int chunks;

  /**
   * Makes a console.
   *
   * @param chunks how many chunks the backfill has
   */
  public BackfillConsole(PrintWriter err, int chunks) {
    this.err = err;
    this.chunks = chunks;
  }

  @Override
  public void stage(Chunk chunk, String message) {
    line(chunk, message);
  }

  @Override
  public void published(Chunk chunk, RunSummary summary, Progress progress) {
    line(
        chunk,
        String.format(
            Locale.ROOT,
            "published by %s in %.1f s, %,d of %,d records; %.1f chunks a minute, %d left, %.0f minutes",
            summary.runId(),
            summary.seconds(),
            BackfillText.sum(summary, FeedCounts::published),
            BackfillText.sum(summary, FeedCounts::read),
            progress.chunksPerMinute(),
            progress.left(),
            Math.ceil(progress.minutesLeft())));
  }

  private synchronized void line(Chunk chunk, String message) {
    err.println("chunk %d of %d  %s  %s".formatted(chunk.number(), chunks, chunk.dates(), message));
    err.flush();
  }
}
