package io.autopulse.generate;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * The envelope of Airbyte's S3 destination without flattening: one JSON object a line, absent
 * fields null.
 */
final class AirbyteEncoder implements RecordEncoder {
  private final List<String> names;
  private final SplittableRandom random;
  private RecordBuffer out = new RecordBuffer(0);
  private int field;

  /**
   * Makes an encoder of a stream.
   *
   * @param columns the stream's fields
   * @param random where the records' ids come from
   */
  AirbyteEncoder(List<String> columns, SplittableRandom random) {
    this.names = columns.stream().map(name -> '"' + name + "\":").toList();
    this.random = random;
  }

  @Override
  public void begin(RecordBuffer buffer, long extractedAtMillis) {
    out = buffer;
    field = 0;
    UUID id =
        new UUID((random.nextLong() & ~0xf000L) | 0x4000L, (random.nextLong() >>> 2) | (1L << 63));
    out.text("{\"_airbyte_raw_id\":\"")
        .text(id.toString())
        .text("\",\"_airbyte_extracted_at\":")
        .integer(extractedAtMillis)
        .text(",\"_airbyte_generation_id\":0,\"_airbyte_meta\":{\"sync_id\":")
        .integer(extractedAtMillis / 1000)
        .text(",\"changes\":[]},\"_airbyte_data\":{");
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
    out.text("}}\n");
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
