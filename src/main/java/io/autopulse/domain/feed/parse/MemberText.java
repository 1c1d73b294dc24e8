package io.autopulse.domain.feed.parse;

import io.autopulse.domain.feed.value.EscapedBytes;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.domain.sale.MemberName;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules of texts: their length, no control characters, no lost characters. */
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
    return EscapedBytes.hasLostCharacter(text) ? RejectCode.BAD_CHARSET : null;
  }

  /** Returns the code of the rule that a name breaks in the spelling that is kept, or null. */
  static @Nullable RejectCode brokenName(String name) {
    // Mojibake may hold C1 control characters that the repair takes away; a line break is a space.
    return broken(MemberName.clean(name), LENGTH);
  }

  /**
   * Tells whether a spreadsheet took an id for a number and wrote it back rounded: 1.23E+05. An id
   * such as 1E5 or 12E-5 stays one. Of an id of several columns, each part may be one.
   */
  static boolean isBrokenId(String id) {
    for (String part : id.split("\\|", -1)) {
      if (BROKEN_ID.matcher(part).matches()) {
        return true;
      }
    }
    return false;
  }
}
