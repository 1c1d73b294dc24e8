package io.autopulse.transform.record;

import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.feed.SensitiveNames;

/**
 * The raw text of a rejected record, as {@code rejected_records} keeps it: whole, so that it can be
 * replayed, with the values of the manifest's sensitive columns masked. Where it cannot be told
 * which part of a record is sensitive (a malformed record, one with another number of fields than
 * the header, or a header that does not name every sensitive column), nothing of it is kept but its
 * length: its origin names the line in the source.
 */
public final class RawText {
  private final FeedFormat format;
  private final String step;
  private final SensitiveNames sensitive;

  /** Makes a keeper of rejected records of a feed. */
  public RawText(FeedFormat format, String step) {
    this.format = format;
    this.step = step;
    sensitive = new SensitiveNames(format.sensitive());
  }

  /** Returns the rejected record that the reader has at hand. */
  public RejectedRecord of(RawBlock block, RecordReader reader, long line, Rejection rejection) {
    boolean named = namesSensitive(block);
    String raw = reader.raw(block, sensitive);
    boolean told = sensitive.isEmpty() || named && reader.fits(block);
    return record(block, line, rejection, told ? raw : length(raw), named);
  }

  /** Returns the rejected record of text whose fields cannot be told. */
  public RejectedRecord of(RawBlock block, String text, long line, Rejection rejection) {
    String raw = sensitive.isEmpty() ? text : length(text);
    return record(block, line, rejection, raw, namesSensitive(block));
  }

  private static String length(String text) {
    return FeedFormat.MASK
        + " "
        + text.length()
        + " characters, not kept: which are sensitive cannot be told";
  }

  private boolean namesSensitive(RawBlock block) {
    return block.format() != RawBlock.Format.CSV || sensitive.areAllIn(block.header());
  }

  private RejectedRecord record(
      RawBlock block, long line, Rejection rejection, String raw, boolean headerIsShown) {
    boolean csv = block.format() == RawBlock.Format.CSV;
    boolean notice = block.format() == RawBlock.Format.NOTICE;
    return new RejectedRecord(
        format.feed().toString(),
        block.origin() + ":" + line,
        notice ? "Read " + format.feed() : step,
        rejection,
        raw,
        csv ? "csv" : notice ? "notice" : "json",
        csv && headerIsShown ? CsvRecords.line(block.header()) : "");
  }
}
