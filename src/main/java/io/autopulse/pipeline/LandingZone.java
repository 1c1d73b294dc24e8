package io.autopulse.pipeline;

import io.autopulse.domain.quality.InputException;
import io.autopulse.domain.sale.Feed;
import io.autopulse.pipeline.manifest.AirbyteJsonlSource;
import io.autopulse.pipeline.manifest.CsvSource;
import io.autopulse.pipeline.manifest.FeedSpec;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.SourceSpec;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;

/** What the launching process finds in the landing zone before it starts a pipeline: that there are files, and how much they hold. */
final class LandingZone {
  /** Versions of about this many bytes of text are resolved in one worker's memory at a time. */
  private static final long SHARD_BYTES = 16L << 20;

  private static final int FEWEST_SHARDS = 8;
  private static final int MOST_SHARDS = 4096;
  private static final int SHARDS_OF_UNKNOWN_SIZE = 128;

  private final Manifest manifest;

  LandingZone(Manifest manifest) {
    this.manifest = manifest;
  }

  /**
   * Checks that each feed of files has one, and returns the number of shards that its size asks for.
   *
   * @throws InputException if a feed's pattern matches no file
   */
  int shards() {
    long salesBytes = 0;
    for (FeedSpec feed : manifest.feeds().values()) {
      Optional<String> pattern = pattern(feed.source());
      if (pattern.isPresent()) {
        long bytes = bytes(feed, pattern.get());
        if (feed.feed() == Feed.SALES) {
          salesBytes = bytes;
        }
      }
    }
    if (salesBytes == 0) {
      return SHARDS_OF_UNKNOWN_SIZE;
    }
    return (int) Math.max(FEWEST_SHARDS, Math.min(MOST_SHARDS, salesBytes / SHARD_BYTES));
  }

  private long bytes(FeedSpec feed, String pattern) {
    long bytes = 0;
    try {
      for (MatchResult.Metadata file : FileSystems.match(pattern).metadata()) {
        // Text shrinks about tenfold; what matters is what a worker must hold.
        bytes += file.sizeBytes() * (file.resourceId().toString().endsWith(".gz") ? 10 : 1);
      }
    } catch (FileNotFoundException e) {
      bytes = 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (bytes == 0) {
      throw new InputException(
          manifest.places().of("feeds." + feed.feed() + ".from.path"),
          "no file matches " + pattern,
          "Correct the path, or wait for the feed's first delivery");
    }
    return bytes;
  }

  private static Optional<String> pattern(SourceSpec source) {
    if (source instanceof CsvSource csv) {
      return Optional.of(csv.path());
    }
    return source instanceof AirbyteJsonlSource jsonl
        ? Optional.of(jsonl.path())
        : Optional.empty();
  }
}
