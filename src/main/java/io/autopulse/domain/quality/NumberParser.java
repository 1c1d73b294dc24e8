package io.autopulse.domain.quality;

import java.math.BigDecimal;

/**
 * Numbers of a feed as whole multiples of a power of ten: 1.7891 is 17,891 ten thousandths. For
 * feeds of thousands of records; the prices of millions of sales go through {@link MoneyParser}.
 */
final class NumberParser {
  /** What {@link #parse} returns for a text that is no number, or one with more decimals. */
  static final long NOT_A_NUMBER = Long.MIN_VALUE;

  private static final int MOST_CHARACTERS = 40;

  private final char decimal;
  private final char grouping;

  /**
   * Makes a parser.
   *
   * @param decimal between the whole and the fraction
   * @param grouping between groups of digits, or {@link MoneyParser#NO_GROUPING}
   */
  NumberParser(char decimal, char grouping) {
    this.decimal = decimal;
    this.grouping = grouping;
  }

  /** Returns a number with at most {@code scale} decimals, without its decimal point. */
  long parse(String text, int scale) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean group = grouping != MoneyParser.NO_GROUPING && c == grouping;
      if (c == '.' && decimal != '.' && !group) {
        return NOT_A_NUMBER;
      }
      if (!group) {
        plain.append(c == decimal ? '.' : c);
      }
    }
    try {
      BigDecimal number = new BigDecimal(plain.toString());
      // A huge exponent would make a huge number before it is found to be too large.
      return text.length() > MOST_CHARACTERS || Math.abs((long) number.scale()) > MOST_CHARACTERS
          ? NOT_A_NUMBER
          : number.movePointRight(scale).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return NOT_A_NUMBER;
    }
  }
}
