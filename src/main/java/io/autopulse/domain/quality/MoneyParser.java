package io.autopulse.domain.quality;

import java.math.BigDecimal;

/**
 * Amounts of money as whole cents: digits, an optional sign, an optional decimal part of at most
 * two digits, and grouping where the feed has it. An exponent, as JSON numbers may have, goes
 * through {@link BigDecimal}.
 */
public final class MoneyParser {
  /** No grouping character. */
  public static final char NO_GROUPING = '\0';

  /** What {@link #cents} returns for a text that is no amount. */
  public static final long NOT_AN_AMOUNT = Long.MIN_VALUE;

  // One more digit, and then two more zeros, must still fit.
  private static final long MOST = (Long.MAX_VALUE / 100 - 9) / 10;

  private final char decimal;
  private final char grouping;

  /**
   * Makes a parser.
   *
   * @param decimal between units and cents
   * @param grouping between groups of digits, or {@link #NO_GROUPING}
   */
  public MoneyParser(char decimal, char grouping) {
    this.decimal = decimal;
    this.grouping = grouping;
  }

  /** Returns {@code text[from, to)} in cents, or {@link #NOT_AN_AMOUNT}. */
  public long cents(char[] text, int from, int to) {
    int at = from;
    boolean negative = at < to && text[at] == '-';
    if (negative || (at < to && text[at] == '+')) {
      at++;
    }
    long value = 0;
    int digits = 0;
    int decimals = -1;
    for (; at < to; at++) {
      char c = text[at];
      if (c >= '0' && c <= '9') {
        if (value > MOST || decimals == 2) {
          return NOT_AN_AMOUNT;
        }
        value = value * 10 + (c - '0');
        digits++;
        decimals += decimals >= 0 ? 1 : 0;
      } else if (c == decimal && decimals < 0) {
        decimals = 0;
      } else if (c == 'e' || c == 'E') {
        return scientific(new String(text, from, to - from));
      } else if (c != grouping || grouping == NO_GROUPING || decimals >= 0) {
        return NOT_AN_AMOUNT;
      }
    }
    if (digits == 0) {
      return NOT_AN_AMOUNT;
    }
    long cents = value * (decimals == 2 ? 1 : decimals == 1 ? 10 : 100);
    return negative ? -cents : cents;
  }

  private static long scientific(String text) {
    try {
      BigDecimal value = new BigDecimal(text);
      // A huge exponent would make a huge number before it is found to be too large.
      return (long) value.precision() - value.scale() > 15 || value.scale() > 15
          ? NOT_AN_AMOUNT
          : value.movePointRight(2).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return NOT_AN_AMOUNT;
    }
  }
}
