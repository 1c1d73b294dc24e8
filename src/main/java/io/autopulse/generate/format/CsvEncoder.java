package io.autopulse.generate.format;

import java.util.List;

/**
 * RFC 4180 with line feeds; a field is quoted only if it holds a comma, a quote or a line break.
 */
public final class CsvEncoder implements RecordEncoder {
  private RecordBuffer out = new RecordBuffer(0);
  private boolean first;

  /** Writes the header line. */
  public static void header(List<String> columns, RecordBuffer out) {
    out.text(String.join(",", columns)).ascii('\n');
  }

  @Override
  public void begin(RecordBuffer buffer, long extractedAtMillis) {
    out = buffer;
    first = true;
  }

  @Override
  public void text(String value) {
    separate();
    field(value, out);
  }

  @Override
  public void integer(long value) {
    separate();
    out.integer(value);
  }

  @Override
  public void money(long cents) {
    separate();
    out.money(cents);
  }

  @Override
  public void seconds(long epochSecond) {
    separate();
    out.instantOfSeconds(epochSecond);
  }

  @Override
  public void millis(long epochMilli) {
    separate();
    out.instantOfMillis(epochMilli);
  }

  @Override
  public void end() {
    out.ascii('\n');
  }

  /** Writes one field, quoted if it must be. */
  public static void field(String value, RecordBuffer out) {
    if (needsQuotes(value)) {
      out.ascii('"').text(value.replace("\"", "\"\"")).ascii('"');
    } else {
      out.text(value);
    }
  }

  private static boolean needsQuotes(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }

  private void separate() {
    if (first) {
      first = false;
    } else {
      out.ascii(',');
    }
  }
}
