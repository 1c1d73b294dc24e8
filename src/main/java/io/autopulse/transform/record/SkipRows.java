package io.autopulse.transform.record;

import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.RawFields;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.feed.RowFilter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads blocks, and hands on their records but those that the feed's {@link RowFilter} skips. What
 * cannot be read as a record is handed on: it is none that a condition knows. Not safe for use by
 * several threads.
 */
public final class SkipRows {
  private final FeedFormat format;
  private final Map<List<String>, RowFilter> filters = new HashMap<>();

  /** Makes the filter of a feed. */
  public SkipRows(FeedFormat format) {
    this.format = format;
  }

  /** Reads a block, and returns how many of its records are skipped. */
  public long read(RawBlock block, RecordReader reader, RecordHandler handler) {
    if (format.skipRows().isEmpty()) {
      reader.read(block, handler);
      return 0;
    }
    RowFilter filter =
        filters.computeIfAbsent(
            RecordReader.columns(block, format), columns -> new RowFilter(format, columns));
    Kept kept = new Kept(filter, handler);
    reader.read(block, kept);
    LiveMetrics.SKIPPED.inc(kept.skipped);
    return kept.skipped;
  }

  private static final class Kept implements RecordHandler {
    private final RowFilter filter;
    private final RecordHandler handler;
    private long skipped;

    Kept(RowFilter filter, RecordHandler handler) {
      this.filter = filter;
      this.handler = handler;
    }

    @Override
    public void record(RawFields fields, long line) {
      if (filter.skips(fields)) {
        skipped++;
      } else {
        handler.record(fields, line);
      }
    }

    @Override
    public void malformed(String text, long line, String why) {
      handler.malformed(text, line, why);
    }

    @Override
    public void refused(Rejection rejection, long line) {
      handler.refused(rejection, line);
    }
  }
}
