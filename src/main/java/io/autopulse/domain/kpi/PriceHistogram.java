package io.autopulse.domain.kpi;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * The log-spaced bins of prices that quantiles are taken from: with γ = (1 + α) / (1 - α) and α = 1
 * %, a price of c cents is in bin i = ⌈log<sub>γ</sub> c⌉, which stands for 2γ<sup>i</sup> / (γ +
 * 1) cents, at most 1 % from every price in it. Counts of bins merge and subtract, so that
 * corrections leave a quantile as they entered it.
 *
 * <p>Source: Masson, Rim, Lee, "DDSketch: a fast and fully-mergeable quantile sketch with
 * relative-error guarantees", PVLDB 12(12), 2019. The bounds are computed exactly, so that every
 * machine and engine puts a price in the same bin.
 */
public final class PriceHistogram {
  private static final MathContext EXACT = new MathContext(60);
  private static final BigDecimal GAMMA =
      new BigDecimal("1.01").divide(new BigDecimal("0.99"), EXACT);
  private static final BigDecimal HIGHEST = new BigDecimal("1e11");

  private static final long[] UPPER_BOUNDS;
  private static final long[] VALUES;

  static {
    long[] bounds = new long[2048];
    long[] values = new long[2048];
    BigDecimal two = BigDecimal.valueOf(2);
    BigDecimal power = BigDecimal.ONE;
    int bins = 0;
    for (; power.compareTo(HIGHEST) < 0; power = power.multiply(GAMMA, EXACT)) {
      bounds[bins] = power.setScale(0, RoundingMode.FLOOR).longValueExact();
      values[bins] =
          power
              .multiply(two)
              .divide(GAMMA.add(BigDecimal.ONE), 0, RoundingMode.HALF_UP)
              .longValueExact();
      bins++;
    }
    UPPER_BOUNDS = Arrays.copyOf(bounds, bins);
    VALUES = Arrays.copyOf(values, bins);
  }

  private PriceHistogram() {}

  /** Returns the number of bins; bins are numbered from 0. */
  public static int bins() {
    return VALUES.length;
  }

  /**
   * Returns the bin of a price.
   *
   * @param cents at least 1 and below {@code 10^11 / γ}
   */
  public static int bin(long cents) {
    // The first bin whose bound is not below the price. Neighbouring low bins may share a bound:
    // the first of them.
    int low = 0;
    int high = UPPER_BOUNDS.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (UPPER_BOUNDS[middle] < cents) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns the price in cents that a bin stands for. */
  public static long value(int bin) {
    return VALUES[bin];
  }

  /**
   * Returns the position, from 0, of the quantile among n ascending prices: the nearest rank ⌈qn⌉,
   * from 1, less one.
   */
  public static int rank(int n, int percent) {
    return (int) (((long) n * percent + 99) / 100) - 1;
  }
}
