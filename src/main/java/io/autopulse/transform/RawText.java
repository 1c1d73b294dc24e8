package io.autopulse.transform;

import io.autopulse.domain.quality.FeedFormat;
import io.autopulse.domain.quality.RawBlock;
import io.autopulse.domain.quality.RejectedRecord;
import io.autopulse.domain.quality.Rejection;
import java.util.List;

/**
 * The raw text of a rejected record, as {@code rejected_records} keeps it: whole, so that it can be
 * replayed, with the values of the manifest's sensitive columns masked. Where it cannot be told
 * which part of a record is sensitive (a malformed record, or one with another number of fields
 * than the header), nothing of it is kept but its length: its origin names the line in the source.
 */
final class RawText {
  private final FeedFormat format;
  private final String step;

  RawText(FeedFormat format, String step) {
    this.format = format;
    this.step = step;
  }

  /** Returns the rejected record that the reader has at hand. */
  RejectedRecord of(RawBlock block, RecordReader reader, long line, Rejection rejection) {
    String raw = reader.raw(block, format.sensitive());
    return reader.fits(block)
        ? record(block, line, rejection, raw)
        : of(block, raw, line, rejection);
  }

  /** Returns the rejected record of text whose fields cannot be told. */
  RejectedRecord of(RawBlock block, String text, long line, Rejection rejection) {
    String raw =
        format.sensitive().isEmpty()
            ? text
            : FeedFormat.MASK
                + " "
                + text.length()
                + " characters, not kept: which are sensitive cannot be told";
    return record(block, line, rejection, raw);
  }

  /**
   * Returns a block whose header may be kept: without it if it does not name every sensitive
   * column, for a file without a header begins with a record. Nothing of such a block's records is
   * kept.
   */
  RawBlock shown(RawBlock block) {
    List<String> names = block.header().stream().map(String::strip).toList();
    return names.containsAll(format.sensitive())
        ? block
        : new RawBlock(
            block.format(),
            block.origin(),
            block.firstLine(),
            block.dialect(),
            List.of(),
            block.text());
  }

  private RejectedRecord record(RawBlock block, long line, Rejection rejection, String raw) {
    boolean csv = block.format() == RawBlock.Format.CSV;
    return new RejectedRecord(
        format.feed().toString(),
        block.origin() + ":" + line,
        step,
        rejection,
        raw,
        csv ? "csv" : "json",
        csv ? CsvRecords.line(block.header()) : "");
  }
}
