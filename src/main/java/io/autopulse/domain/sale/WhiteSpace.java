package io.autopulse.domain.sale;

/**
 * What is blank around a value, a header or a name: every white space of Unicode (no-break, thin
 * and ideographic spaces, tabs and line breaks of every kind), control characters, and characters
 * that nobody sees (byte order marks, zero-width characters, soft hyphens, directional marks).
 * Spreadsheets, web pages and editors leave them behind.
 */
public final class WhiteSpace {
  private WhiteSpace() {}

  /** Tells whether a character is white space, which parts words. */
  static boolean isSpace(char c) {
    return c == ' '
        || (c >= '\t' && c <= '\r')
        || c == '\u0085'
        || (c > '\u0085' && Character.isSpaceChar(c));
  }

  /** Tells whether a character has no width, and parts nothing. */
  static boolean isInvisible(char c) {
    return switch (c) {
      case '\u00ad', '\u034f', '\u061c', '\u180e', '\ufeff' -> true;
      default ->
          (c >= '\u200b' && c <= '\u200f')
              || (c >= '\u202a' && c <= '\u202e')
              || (c >= '\u2060' && c <= '\u206f')
              || (c >= '\ufff9' && c <= '\ufffb');
    };
  }

  /** Tells whether a character is nothing to be seen: white space, invisible or a control. */
  public static boolean isBlank(char c) {
    // Most characters are of ASCII: two comparisons.
    return c <= ' ' || (c >= '\u007f' && (c <= '\u009f' || isSpace(c) || isInvisible(c)));
  }

  /** Returns where the text starts that is left of a range once blanks are taken away. */
  public static int start(char[] text, int from, int to) {
    int start = from;
    while (start < to && isBlank(text[start])) {
      start++;
    }
    return start;
  }

  /** Returns where the text ends, exclusive, that is left of a range once blanks are taken away. */
  public static int end(char[] text, int from, int to) {
    int end = to;
    while (end > from && isBlank(text[end - 1]) && !isHalfALetter(text, from, end)) {
      end--;
    }
    return end;
  }

  /**
   * Tells whether the last character may be the second byte of a letter that was read in the wrong
   * charset: {@link MemberName} repairs {@code CittÃ} and a no-break space to {@code Città}.
   */
  private static boolean isHalfALetter(char[] text, int from, int end) {
    char last = text[end - 1];
    return last >= '\u0080'
        && last <= '\u00bf'
        && end - 2 >= from
        && text[end - 2] >= '\u00c2'
        && text[end - 2] <= '\u00c5';
  }

  /** Returns the text without the blanks at its ends. */
  public static String strip(String text) {
    char[] characters = text.toCharArray();
    int start = start(characters, 0, characters.length);
    return new String(characters, start, end(characters, start, characters.length) - start);
  }
}
