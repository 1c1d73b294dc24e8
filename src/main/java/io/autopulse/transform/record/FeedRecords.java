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

  /**
   * Takes a sound record.
   *
   * @param <T> what it says
   */
  @FunctionalInterface
  public interface Sound<T> {
    /**
     * Takes what the record says.
     *
     * @param atHand the record, during the call
     */
    void take(T value, AtHand atHand);
  }

  /** The sound record at hand, for rules that need others to judge it. */
  @FunctionalInterface
  public interface AtHand {
    /** Returns the record as it is kept if it is rejected later; it is not counted as rejected. */
    RejectedRecord rejectedFor(Rejection rejection);
  }

  /** Returns the counts, to be drained when the bundle ends. */
  public Counts counts() {
    return counts;
  }

  /** Reads a block. */
  public void read(RawBlock block, Consumer<T> sound, Consumer<RejectedRecord> rejected) {
    readKeeping(block, (value, atHand) -> sound.accept(value), rejected);
  }

  /** Reads a block whose sound records may be rejected later. */
  public void readKeeping(RawBlock block, Sound<T> sound, Consumer<RejectedRecord> rejected) {
    RecordReader reader = RecordReader.of(block.format(), format);
    Parser<T> parser =
        parsers.computeIfAbsent(
            RecordReader.columns(block, format), columns -> factory.of(columns, block.origin()));
    long skipped = rows.read(block, reader, new Reading(block, reader, parser, sound, rejected));
    counts.add(Measure.READ, skipped);
    counts.add(Measure.SKIPPED, skipped);
    counts.addAbsent(reader);
  }

  /** Hands on the records of one block. */
  private final class Reading implements RecordHandler, AtHand {
    private final RawBlock block;
    private final RecordReader reader;
    private final Parser<T> parser;
    private final Sound<T> sound;
    private final Consumer<RejectedRecord> rejected;
    private long lineAtHand;

    Reading(
        RawBlock block,
        RecordReader reader,
        Parser<T> parser,
        Sound<T> sound,
        Consumer<RejectedRecord> rejected) {
      this.block = block;
      this.reader = reader;
      this.parser = parser;
      this.sound = sound;
      this.rejected = rejected;
    }

    @Override
    public void record(RawFields fields, long line) {
      counts.add(Measure.READ, 1);
      lineAtHand = line;
      Parsed<T> parsed = parser.parse(fields);
      if (parsed instanceof Parsed.Accepted<T> accepted) {
        sound.take(accepted.value(), this);
      } else if (parsed instanceof Parsed.Rejected<T> refused) {
        reject(rejectedFor(refused.rejection()));
      }
    }

    @Override
    public RejectedRecord rejectedFor(Rejection rejection) {
      return rawText.of(block, reader, lineAtHand, rejection);
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
  }
}
