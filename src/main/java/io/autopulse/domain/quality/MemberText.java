package io.autopulse.domain.quality;

import io.autopulse.domain.sale.MemberName;
import org.jspecify.annotations.Nullable;

/** The rules of texts: their length, no control characters, no lost characters. */
final class MemberText {
  /** The longest sale id, in characters. */
  static final int ID_LENGTH = 64;

  /** The longest of every other text, in characters. */
  static final int LENGTH = 200;

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
}
