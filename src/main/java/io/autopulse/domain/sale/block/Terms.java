package io.autopulse.domain.sale.block;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/**
 * Dictionary entries of several texts, such as a vehicle's model id, make, model, segment and
 * powertrain: UTF-8, joined by the unit separator U+001F, which no accepted text holds because
 * control characters are rejected. An empty part is an absent one.
 */
public final class Terms {
  /** Between the parts of an entry. */
  public static final char SEPARATOR = '\u001f';

  private Terms() {}

  /** Returns the entry of the parts. */
  public static byte[] join(List<String> parts) {
    return String.join(String.valueOf(SEPARATOR), parts).getBytes(UTF_8);
  }

  /** Returns the parts of an entry. */
  public static List<String> split(byte[] entry) {
    String text = new String(entry, UTF_8);
    List<String> parts = new ArrayList<>(5);
    int from = 0;
    for (int i; (i = text.indexOf(SEPARATOR, from)) >= 0; from = i + 1) {
      parts.add(text.substring(from, i));
    }
    parts.add(text.substring(from));
    return parts;
  }
}
