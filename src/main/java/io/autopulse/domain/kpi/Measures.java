package io.autopulse.domain.kpi;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * The KPI formulas. Amounts are whole cents, shares are millionths, rounding is half up (away from
 * zero at a tie).
 */
public final class Measures {
  /** A measure that has no value. */
  public static final long ABSENT = Long.MIN_VALUE;

  private static final long MILLION = 1_000_000;
  private static final long SAFE = Long.MAX_VALUE / (2 * MILLION);

  private Measures() {}

  /** Returns the average price of the units in cents, or {@link #ABSENT} if there are none. */
  public static long averagePrice(long revenue, long units) {
    return units == 0 ? ABSENT : dividedHalfUp(revenue, units);
  }

  /**
   * Returns the average discount against the list price, 1 - Σ net / Σ list in millionths, or
   * {@link #ABSENT} if no sale has a list price: the discount of the average euro, which adds up
   * over cells where an average of percentages would not.
   */
  public static long averageDiscount(long net, long list) {
    return list == 0 ? ABSENT : millionths(list - net, list);
  }

  /** Returns part / whole in millionths, or {@link #ABSENT} if the whole is zero. */
  public static long share(long part, long whole) {
    return whole == 0 ? ABSENT : millionths(part, whole);
  }

  private static long millionths(long part, long whole) {
    return part > -SAFE && part < SAFE && whole < Long.MAX_VALUE / 4
        ? dividedHalfUp(part * MILLION, whole)
        : new BigDecimal(BigInteger.valueOf(part).multiply(BigInteger.valueOf(MILLION)))
            .divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_UP)
            .longValueExact();
  }

  private static long dividedHalfUp(long dividend, long divisor) {
    long quotient = dividend / divisor;
    long remainder = Math.abs(dividend % divisor);
    return remainder >= divisor - remainder ? quotient + (dividend < 0 ? -1 : 1) : quotient;
  }
}
