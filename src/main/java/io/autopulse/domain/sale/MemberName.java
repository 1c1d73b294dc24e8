package io.autopulse.domain.sale;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.text.Normalizer;
import java.util.Locale;

/**
 * The one spelling of a name that ERP users, exports and editors spell in many ways. The rule, in
 * this order:
 *
 * <ol>
 *   <li>repair mojibake: text whose characters are UTF-8 bytes read as windows-1252 or ISO 8859-1
 *       ({@code DoubleÂ Overhead});
 *   <li>Unicode normalisation form NFKC (UAX #15), so that composed, compatible and full-width
 *       forms are one;
 *   <li>every run of white space, no-break spaces and line breaks included, becomes one space; none
 *       at the ends; characters that nobody sees go ({@link WhiteSpace});
 *   <li>upper case (root locale).
 * </ol>
 *
 * So {@code "Volkswagen "} and {@code "VOLKSWAGEN"} are one member.
 */
public final class MemberName {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final int MOST_REPAIRS = 3;

  private MemberName() {}

  /** Returns the member's spelling of a name; empty if nothing is left of it. */
  public static String of(String name) {
    return clean(name).toUpperCase(Locale.ROOT);
  }

  /** Returns the name by the same rule, but in its own case. */
  public static String clean(String name) {
    String text = isAscii(name) ? name : Normalizer.normalize(repaired(name), Normalizer.Form.NFKC);
    StringBuilder result = new StringBuilder(text.length());
    boolean space = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (WhiteSpace.isSpace(c)) {
        space = true;
      } else if (!WhiteSpace.isInvisible(c)) {
        if (space && result.length() > 0) {
          result.append(' ');
        }
        space = false;
        result.append(c);
      }
    }
    return result.toString();
  }

  /**
   * Returns the text with mojibake undone; a text that is none is returned as it is. Text encoded
   * wrongly twice is undone twice.
   */
  public static String repaired(String text) {
    String result = text;
    for (int i = 0; i < MOST_REPAIRS && !isAscii(result); i++) {
      byte[] bytes = singleBytes(result);
      if (bytes.length == 0) {
        return result;
      }
      try {
        result = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        return result; // The bytes are no UTF-8: the accents were meant.
      }
    }
    return result;
  }

  // The bytes that a windows-1252 or ISO 8859-1 reader would have made this text of; none if it
  // made it of none.
  private static byte[] singleBytes(String text) {
    byte[] bytes = new byte[text.length()];
    CharsetEncoder encoder = WINDOWS_1252.newEncoder();
    for (int i = 0; i < bytes.length; i++) {
      char c = text.charAt(i);
      if (c <= 0xff) {
        bytes[i] = (byte) c;
      } else if (encoder.canEncode(c)) {
        bytes[i] = WINDOWS_1252.encode(CharBuffer.wrap(new char[] {c})).get(0);
      } else {
        return new byte[0];
      }
    }
    return bytes;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
