package io.autopulse.generate.truth;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * The log-spaced bins that published price quantiles are rounded to: bin i holds the whole cents c
 * with gamma^(i-1) &lt; c &lt;= gamma^i, gamma = 1.01 / 0.99, and stands for 2 gamma^i / (gamma +
 * 1) cents. Exact: no floating point decides on a bin's edge.
 */
final class PriceBins {
  private static final MathContext DIGITS = new MathContext(80);
  private static final BigDecimal GAMMA =
      new BigDecimal("1.01").divide(new BigDecimal("0.99"), DIGITS);

  private final long[] greatest;
  private final long[] value;

  /** Makes the bins for prices up to so many cents. */
  PriceBins(long mostCents) {
    long[] edges = new long[64];
    long[] values = new long[64];
    BigDecimal edge = BigDecimal.ONE;
    int n = 0;
    do {
      if (n == edges.length) {
        edges = Arrays.copyOf(edges, 2 * n);
        values = Arrays.copyOf(values, 2 * n);
      }
      edges[n] = edge.setScale(0, RoundingMode.FLOOR).longValueExact();
      values[n] =
          edge.multiply(BigDecimal.valueOf(2))
              .divide(GAMMA.add(BigDecimal.ONE), DIGITS)
              .setScale(0, RoundingMode.HALF_UP)
              .longValueExact();
      edge = edge.multiply(GAMMA, DIGITS);
    } while (edges[n++] < mostCents);
    greatest = Arrays.copyOf(edges, n);
    value = Arrays.copyOf(values, n);
  }

  /** Returns the cents that stand for the price's bin; the price is 1 to the most cents. */
  long valueOf(long cents) {
    int low = 0;
    int high = greatest.length - 1;
    // Some bins below 50 cents hold no whole cent: of equal edges the first one is meant.
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (greatest[middle] >= cents) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return value[low];
  }
}
