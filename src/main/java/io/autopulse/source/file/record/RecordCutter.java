package io.autopulse.source.file.record;

import io.autopulse.domain.feed.CsvDialect;

/**
 * Where delimited text can be cut between two records: after a line break that no quoted field
 * holds, be it LF, CR LF or a CR alone. Follows the grammar of the CSV parser: a quote opens a
 * quoted field only at the field's beginning.
 */
final class RecordCutter {
  private final byte separator;
  private final byte quote;
  private boolean quoted;
  private boolean fieldStart = true;
  private boolean afterQuote;

  RecordCutter(CsvDialect dialect) {
    separator = (byte) dialect.separator();
    quote = (byte) dialect.quote();
  }

  /**
   * Takes the next byte and tells whether a record ends with it. It ends with a CR, and after that
   * CR's LF text can be cut as well: between the two it must not be.
   */
  boolean endsRecord(byte b) {
    if (quoted) {
      if (b == quote) {
        quoted = false;
        afterQuote = true;
      }
      return false;
    }
    if (b == quote && (fieldStart || afterQuote)) {
      quoted = true;
      fieldStart = false;
      afterQuote = false;
      return false;
    }
    afterQuote = false;
    boolean ends = b == '\n' || b == '\r';
    fieldStart = ends || b == separator;
    return ends;
  }

  /** Forgets an unfinished record. */
  void reset() {
    quoted = false;
    fieldStart = true;
    afterQuote = false;
  }

  /**
   * Returns where the first record that is no empty line ends, exclusive; its line break belongs to
   * it. 0 if the text holds none, its length if the record does not end in it.
   *
   * @param from where to begin: at the beginning of a line
   */
  static int endOfFirstRecord(byte[] text, int from, int length, CsvDialect dialect) {
    RecordCutter cutter = new RecordCutter(dialect);
    boolean blank = true;
    for (int at = from; at < length; at++) {
      boolean ends = cutter.endsRecord(text[at]);
      blank &= text[at] == '\n' || text[at] == '\r';
      if (ends && !blank) {
        boolean pair = text[at] == '\r' && at + 1 < length && text[at + 1] == '\n';
        return pair ? at + 2 : at + 1;
      }
    }
    return blank ? 0 : length;
  }
}
