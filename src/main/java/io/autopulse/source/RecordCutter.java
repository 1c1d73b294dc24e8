package io.autopulse.source;

import io.autopulse.domain.quality.CsvDialect;

/**
 * Where delimited text can be cut between two records: after a line break that no quoted field
 * holds. Follows the grammar of the CSV parser: a quote opens a quoted field only at the field's
 * beginning.
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

  /** Takes the next byte and tells whether a record ends with it. */
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
    fieldStart = b == separator || b == '\n' || b == '\r';
    return b == '\n';
  }

  /** Forgets an unfinished record. */
  void reset() {
    quoted = false;
    fieldStart = true;
    afterQuote = false;
  }

  /**
   * Returns where the first record that is no empty line ends, exclusive; its line break belongs to
   * it.
   */
  static int endOfFirstRecord(byte[] text, int length, CsvDialect dialect) {
    RecordCutter cutter = new RecordCutter(dialect);
    boolean blank = true;
    for (int at = 0; at < length; at++) {
      boolean ends = cutter.endsRecord(text[at]);
      blank &= text[at] == '\n' || text[at] == '\r';
      if (ends && !blank) {
        return at + 1;
      }
    }
    return blank ? 0 : length;
  }
}
