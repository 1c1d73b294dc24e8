package io.autopulse.domain.feed.value;

import io.autopulse.domain.problem.RejectCode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of a feed as whole multiples of a power of ten: at scale 2, 1.79 is 179. A text is digits
 * with an optional sign, decimal part and grouping: groups of three digits after a first one of one
 * to three. Zeros beyond the scale change nothing; other digits there make it no number. Where a
 * feed declares no grouping mark, one to three digits, a mark and three digits ("12.000") are as
 * likely thousands as decimals, and no number. {@link DressedNumber} reads what else stands around
 * an amount: a sign at the end, parentheses, a currency.
 *
 * <p>A number of JSON has a point and no grouping whatever the feed's marks are, and is rounded if
 * it is within {@link #NOISE} of a number: 17999.990000000002 is how binary arithmetic writes
 * 17999.99.
 */
public final class NumberParser {
  /** No grouping mark. */
  public static final char NO_GROUPING = '\0';

  /** What {@link #parse} returns for a text that is no number, or one with more decimals. */
  public static final long NOT_A_NUMBER = Long.MIN_VALUE;

  /** What {@link #parse} returns for an amount in another currency. */
  public static final long FOREIGN_CURRENCY = Long.MIN_VALUE + 1;

  private static final BigDecimal NOISE = new BigDecimal("0.000001");
  private static final int MOST_CHARACTERS = 40;
  private static final long[] POWERS = {1, 10, 100, 1_000, 10_000};

  /** By scale, what one more digit, and then the zeros of the scale, must still be added to. */
  private static final long[] MOST = new long[POWERS.length];

  static {
    for (int scale = 0; scale < MOST.length; scale++) {
      MOST[scale] = (Long.MAX_VALUE / POWERS[scale] - 9) / 10;
    }
  }

  /** JSON has no grouping: that one is declared tells that a point is before decimals. */
  private static final NumberParser JSON = new NumberParser('.', ',');

  /** From this scale on, as of the price of a litre, three digits after a mark are decimals. */
  private static final int THOUSANDTHS = 3;

  private final char decimal;
  private final char grouping;
  private final @Nullable DressedNumber dressed;

  /**
   * Makes a parser of plain numbers.
   *
   * @param decimal between the whole and the fraction
   * @param grouping between groups of digits, or {@link #NO_GROUPING}
   */
  public NumberParser(char decimal, char grouping) {
    this(decimal, grouping, null);
  }

  /**
   * Makes a parser of amounts of money.
   *
   * @param currency the reporting currency, ISO 4217
   */
  public NumberParser(char decimal, char grouping, @Nullable String currency) {
    this.decimal = decimal;
    this.grouping = unified(grouping);
    this.dressed = currency == null ? null : new DressedNumber(currency);
  }

  /**
   * Returns a text with at most {@code scale} decimals, 0 to 4, without its decimal mark; of a
   * whole number nothing but a sign stands before it.
   */
  public long parse(char[] text, int from, int to, int scale) {
    long number = plain(text, from, to, scale);
    return number == NOT_A_NUMBER && dressed != null && scale > 0
        ? dressed.parse(this, text, from, to, scale)
        : number;
  }

  /** Returns a number of JSON with at most {@code scale} decimals, without its decimal point. */
  public static long json(char[] text, int from, int to, int scale) {
    long number = JSON.plain(text, from, to, scale);
    return number == NOT_A_NUMBER ? rounded(text, from, to, scale) : number;
  }

  private static long rounded(char[] text, int from, int to, int scale) {
    if (to - from > MOST_CHARACTERS) {
      return NOT_A_NUMBER;
    }
    BigDecimal exact;
    try {
      exact = new BigDecimal(text, from, to - from);
    } catch (NumberFormatException e) {
      return NOT_A_NUMBER;
    }
    // A huge exponent would make a huge number before it is found to be too large.
    if ((long) exact.precision() - exact.scale() > 19 || exact.scale() > MOST_CHARACTERS) {
      return NOT_A_NUMBER;
    }
    BigDecimal rounded = exact.setScale(scale, RoundingMode.HALF_EVEN);
    if (exact.subtract(rounded).abs().compareTo(NOISE) > 0) {
      return NOT_A_NUMBER;
    }
    try {
      return rounded.movePointRight(scale).longValueExact();
    } catch (ArithmeticException e) {
      return NOT_A_NUMBER;
    }
  }

  /** Returns the code of the rule that what {@link #parse} returns breaks, or null. */
  public static @Nullable RejectCode broken(long number) {
    if (number == NOT_A_NUMBER) {
      return RejectCode.BAD_NUMBER;
    }
    return number == FOREIGN_CURRENCY ? RejectCode.FOREIGN_CURRENCY : null;
  }

  /** Returns a text without signs after it and currencies: see {@link #parse}. */
  long plain(char[] text, int from, int to, int scale) {
    int at = from;
    boolean negative = at < to && text[at] == '-';
    if (negative || (at < to && text[at] == '+')) {
      at++;
    }
    int start = at;
    long value = 0;
    int digits = 0;
    int group = -1;
    int decimals = -1;
    for (; at < to; at++) {
      char c = text[at];
      if (c >= '0' && c <= '9') {
        if (decimals >= scale) {
          if (c != '0') {
            return NOT_A_NUMBER;
          }
        } else if (value > MOST[scale]) {
          return NOT_A_NUMBER;
        } else {
          value = value * 10 + (c - '0');
        }
        digits++;
        if (decimals >= 0) {
          decimals++;
        } else if (group >= 0) {
          group++;
        }
      } else if (c == decimal && decimals < 0) {
        if (group >= 0 && group != 3) {
          return NOT_A_NUMBER;
        }
        decimals = 0;
      } else if (grouping != NO_GROUPING && unified(c) == grouping) {
        boolean complete = group < 0 ? digits <= 3 && digits > 0 && text[start] != '0' : group == 3;
        if (!complete || decimals >= 0) {
          return NOT_A_NUMBER;
        }
        group = 0;
      } else if ((c == 'e' || c == 'E') && group < 0 && (decimal == '.' || decimals < 0)) {
        return scientific(new String(text, from, to - from), scale);
      } else {
        return NOT_A_NUMBER;
      }
    }
    if (digits == 0 || digits > MOST_CHARACTERS || (decimals < 0 && group >= 0 && group != 3)) {
      return NOT_A_NUMBER;
    }
    if (decimals == 3 && scale < THOUSANDTHS && mayBeThousands(text[start], digits - decimals)) {
      return NOT_A_NUMBER;
    }
    long number = value * POWERS[scale - Math.min(scale, Math.max(decimals, 0))];
    return negative ? -number : number;
  }

  private boolean mayBeThousands(char first, int wholeDigits) {
    return grouping == NO_GROUPING && wholeDigits >= 1 && wholeDigits <= 3 && first != '0';
  }

  private static long scientific(String text, int scale) {
    try {
      BigDecimal value = new BigDecimal(text);
      return (long) value.precision() - value.scale() > 15 || value.scale() > 15
          ? NOT_A_NUMBER
          : value.movePointRight(scale).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return NOT_A_NUMBER;
    }
  }

  /** Returns the mark that stands for all of its kind: the spaces, and the apostrophes. */
  private static char unified(char mark) {
    return switch (mark) {
      case '\u00A0', '\u202F', '\u2009' -> ' ';
      case '\u2019' -> '\'';
      default -> mark;
    };
  }
}
