package io.autopulse.generate.format;

import java.util.List;

/** Plain JSON objects, one a line, absent fields null. */
class JsonEncoder implements RecordEncoder {
  private final List<String> names;
  private RecordBuffer out = new RecordBuffer(0);
  private int field;

  /**
   * Makes an encoder of a feed.
   *
   * @param columns the feed's fields
   */
  JsonEncoder(List<String> columns) {
    this.names = columns.stream().map(name -> '"' + name + "\":").toList();
  }

  @Override
  public void begin(RecordBuffer buffer, long extractedAtMillis) {
    out = buffer;
    field = 0;
    out.ascii('{');
  }

  @Override
  public void text(String value) {
    name();
    if (value.isEmpty()) {
      out.text("null");
    } else {
      out.ascii('"').text(escaped(value)).ascii('"');
    }
  }

  @Override
  public void integer(long value) {
    name();
    out.integer(value);
  }

  @Override
  public void money(long cents) {
    name();
    out.money(cents);
  }

  @Override
  public void seconds(long epochSecond) {
    name();
    out.ascii('"').instantOfSeconds(epochSecond).ascii('"');
  }

  @Override
  public void millis(long epochMilli) {
    name();
    out.ascii('"').instantOfMillis(epochMilli).ascii('"');
  }

  @Override
  public void end() {
    out.text("}\n");
  }

  private void name() {
    if (field > 0) {
      out.ascii(',');
    }
    out.text(names.get(field++));
  }

  private static String escaped(String value) {
    boolean plain = true;
    for (int i = 0; plain && i < value.length(); i++) {
      char c = value.charAt(i);
      plain = c >= ' ' && c != '"' && c != '\\';
    }
    if (plain) {
      return value;
    }
    StringBuilder escaped = new StringBuilder(value.length() + 8);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        escaped.append('\\').append(c);
      } else if (c < ' ') {
        escaped.append(String.format("\\u%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
