package io.autopulse.transform.record;

import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.RawFields;
import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.feed.parse.Parsed;
import io.autopulse.transform.record.Counts.Measure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The records of a small feed's blocks, each parsed and handed over as what it says or as a
 * rejected record, and counted. Not safe for use by several threads.
 *
 * @param <T> what a sound record says
 */
public final class FeedRecords<T> {
  private final FeedFormat format;
  private final ParserFactory<T> factory;
  private final RawText rawText;
  private final SkipRows rows;
  private final Counts counts;
  private final Map<List<String>, Parser<T>> parsers = new HashMap<>();

  /**
   * Makes a reader of a feed.
   *
   * @param factory gives the parser of a header
   */
  public FeedRecords(FeedFormat format, ParserFactory<T> factory) {
    this.format = format;
    this.factory = factory;
    rawText = new RawText(format, "Parse " + format.feed());
    rows = new SkipRows(format);
    counts = new Counts(format.feed());
  }

  /** Parses the records of one header. */
  @FunctionalInterface
  public interface Parser<T> {
    Parsed<T> parse(RawFields fields);
  }

  /** Makes the parser of a header. */
  @FunctionalInterface
  public interface ParserFactory<T> {
    Parser<T> of(List<String> columns, String origin);
  }

  /** Returns the counts, to be drained when the bundle ends. */
  public Counts counts() {
    return counts;
  }

  /** Reads a block. */
  public void read(RawBlock block, Consumer<T> sound, Consumer<RejectedRecord> rejected) {
    RecordReader reader = RecordReader.of(block.format(), format);
    Parser<T> parser =
        parsers.computeIfAbsent(
            RecordReader.columns(block, format), columns -> factory.of(columns, block.origin()));
    RecordHandler handler =
        new RecordHandler() {
          @Override
          public void record(RawFields fields, long line) {
            counts.add(Measure.READ, 1);
            Parsed<T> parsed = parser.parse(fields);
            if (parsed instanceof Parsed.Accepted<T> accepted) {
              sound.accept(accepted.value());
            } else if (parsed instanceof Parsed.Rejected<T> refused) {
              reject(rawText.of(block, reader, line, refused.rejection()));
            }
          }

          @Override
          public void malformed(String text, long line, String why) {
            counts.add(Measure.READ, 1);
            reject(rawText.of(block, text, line, Rejection.malformed(why)));
          }

          @Override
          public void refused(Rejection rejection, long line) {
            counts.add(Measure.READ, 1);
            reject(rawText.of(block, reader, line, rejection));
          }

          private void reject(RejectedRecord record) {
            counts.add(Measure.REJECTED, 1);
            rejected.accept(record);
          }
        };
    long skipped = rows.read(block, reader, handler);
    counts.add(Measure.READ, skipped);
    counts.add(Measure.SKIPPED, skipped);
    counts.addAbsent(reader);
  }
}
