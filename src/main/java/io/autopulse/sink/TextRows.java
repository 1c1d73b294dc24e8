package io.autopulse.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.sale.LittleEndian;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of nullable texts as bytes: the staging form of small tables. A row is an {@code int} length
 * and its texts; a text is an {@code int} length, -1 for null, and UTF-8.
 */
final class TextRows {
  private TextRows() {}

  static byte[] encode(List<? extends @Nullable String> row) {
    byte[][] texts = new byte[row.size()][];
    int length = 0;
    for (int i = 0; i < texts.length; i++) {
      String text = row.get(i);
      byte[] bytes = text == null ? null : text.getBytes(UTF_8);
      if (bytes != null) {
        texts[i] = bytes;
        length += bytes.length;
      }
      length += 4;
    }
    byte[] encoded = new byte[4 + length];
    LittleEndian.putInt(encoded, 0, length);
    int at = 4;
    for (byte @Nullable [] text : texts) {
      LittleEndian.putInt(encoded, at, text == null ? -1 : text.length);
      at += 4;
      if (text != null) {
        System.arraycopy(text, 0, encoded, at, text.length);
        at += text.length;
      }
    }
    return encoded;
  }
}
