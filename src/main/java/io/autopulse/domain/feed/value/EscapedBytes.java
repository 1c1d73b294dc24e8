package io.autopulse.domain.feed.value;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Text in which a byte that its charset does not have is kept as a lone low surrogate, U+DC00 to
 * U+DCFF, as Python's {@code surrogateescape} does: text that can be decoded never holds one, so a
 * bad byte is told from a U+FFFD that the source itself wrote, and its value is not lost.
 */
public final class EscapedBytes {
  private static final char ESCAPE = '\uDC00';
  private static final char LOST = '\uFFFD';
  private static final int SHOWN = 8;

  private EscapedBytes() {}

  /** Returns the character that stands for a byte that cannot be decoded. */
  public static char escape(byte bad) {
    return (char) (ESCAPE | (bad & 0xff));
  }

  /**
   * Decodes UTF-8, with the bytes that are none as escapes.
   *
   * @param escaped whether the text holds escapes that {@link #encode} wrote
   */
  public static String decode(byte[] text, int from, int to, boolean escaped) {
    CharsetDecoder decoder = UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(text, from, to - from);
    CharBuffer out = CharBuffer.allocate(to - from);
    CoderResult result = decoder.decode(in, out, true);
    while (result.isError()) {
      int at = in.position();
      if (escaped && isEncodedEscape(text, at, to)) {
        out.put((char) (0xd000 | (text[at + 1] & 0x3f) << 6 | (text[at + 2] & 0x3f)));
        in.position(at + 3);
      } else {
        for (int i = 0; i < result.length(); i++) {
          out.put(escape(in.get()));
        }
      }
      result = decoder.decode(in, out, true);
    }
    return out.flip().toString();
  }

  private static boolean isEncodedEscape(byte[] text, int at, int to) {
    return at + 2 < to && text[at] == (byte) 0xed && (text[at + 1] & 0xf0) == 0xb0;
  }

  /**
   * Encodes text as UTF-8, an escape as the three bytes that its number would have: no UTF-8, so
   * that whoever decodes them finds the bad byte again.
   */
  public static byte[] encode(CharSequence text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 16);
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      if (isEscape(text, i)) {
        char c = text.charAt(i);
        out.writeBytes(text.subSequence(from, i).toString().getBytes(UTF_8));
        out.write(0xe0 | c >> 12);
        out.write(0x80 | (c >> 6 & 0x3f));
        out.write(0x80 | (c & 0x3f));
        from = i + 1;
      }
    }
    out.writeBytes(text.subSequence(from, text.length()).toString().getBytes(UTF_8));
    return out.toByteArray();
  }

  /** Returns the first bad bytes of a text in hexadecimal digits; null if it has none. */
  public static @Nullable String hex(CharSequence text) {
    HexFormat format = HexFormat.of().withUpperCase();
    StringBuilder digits = new StringBuilder();
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      if (isEscape(text, i)) {
        if (++count > SHOWN) {
          return digits.append(" …").toString();
        }
        digits.append(count == 1 ? "" : " ").append(format.toHexDigits((byte) text.charAt(i)));
      }
    }
    return count == 0 ? null : digits.toString();
  }

  /** Returns the text with U+FFFD for every bad byte. */
  public static String visible(String text) {
    StringBuilder visible = null;
    for (int i = 0; i < text.length(); i++) {
      if (isEscape(text, i)) {
        visible = visible == null ? new StringBuilder(text) : visible;
        visible.setCharAt(i, LOST);
      }
    }
    return visible == null ? text : visible.toString();
  }

  /** Returns whether decoded text may hold bad bytes: a decoder puts U+FFFD in their place. */
  public static boolean mayBeIn(String decoded) {
    return decoded.indexOf(LOST) >= 0;
  }

  /**
   * Returns whether a text holds what is left of a lost character: U+FFFD, which stands for one, or
   * half of a surrogate pair.
   */
  public static boolean hasLostCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == LOST || (Character.isSurrogate(c) && !isHalfOfPair(text, i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEscape(CharSequence text, int at) {
    return (text.charAt(at) & 0xff00) == ESCAPE && !isHalfOfPair(text, at);
  }

  private static boolean isHalfOfPair(CharSequence text, int at) {
    char c = text.charAt(at);
    return Character.isHighSurrogate(c)
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }
}
