package io.autopulse.domain.quality;

import io.autopulse.domain.sale.MemberName;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules of texts: their length, and no control characters. */
final class MemberText {
  /** The longest sale id, in characters. */
  static final int ID_LENGTH = 64;

  /** The longest of every other text, in characters. */
  static final int LENGTH = 200;

  private static final Pattern BROKEN_ID =
      Pattern.compile("[+-]?\\d(?:[.,]\\d+[Ee][+-]\\d+|[Ee]\\+\\d\\d+)");

  private MemberText() {}

  /** Returns the code of the rule that the text breaks, or null. */
  static @Nullable RejectCode broken(String text, int most) {
    if (text.length() > most) {
      return RejectCode.TEXT_TOO_LONG;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return RejectCode.CONTROL_CHARACTER;
      }
    }
    return null;
  }

  /** Returns the code of the rule that a name breaks once its mojibake is repaired, or null. */
  static @Nullable RejectCode brokenName(String name) {
    // Mojibake may hold C1 control characters that the repair takes away.
    return broken(MemberName.repaired(name), LENGTH);
  }

  /**
   * Tells whether a spreadsheet took an id for a number and wrote it back rounded: 1.23E+05. An id
   * such as 1E5 or 12E-5 stays one.
   */
  static boolean isBrokenId(String id) {
    return BROKEN_ID.matcher(id).matches();
  }

  /** Returns the text without white space, no-break spaces and byte order marks at its ends. */
  static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (from < to && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c <= ' ' || Character.isSpaceChar(c) || c == '\uFEFF';
  }
}
