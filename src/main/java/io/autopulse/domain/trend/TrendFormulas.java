package io.autopulse.domain.trend;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The formulas of the trend features. They compute with 34 digits and round once, at the end, half
 * up (away from zero at a tie).
 *
 * <p>Sources: lags, seasonal lags and trailing moving averages as predictors are those of Hyndman
 * and Athanasopoulos, <i>Forecasting: Principles and Practice</i>, 3rd edition (sections 3.3 moving
 * averages, 7.4 useful predictors). The price index is that of ILO, IMF, OECD, UNECE, Eurostat and
 * World Bank, <i>Consumer Price Index Manual: Concepts and Methods</i> (2020), chapters 2 and 8:
 * unit values of a homogeneous item, the Laspeyres and Paasche formulas over matched items, and
 * Fisher's ideal index, the geometric mean of both (Diewert, <i>Exact and Superlative Index
 * Numbers</i>, Journal of Econometrics 4, 1976).
 */
public final class TrendFormulas {
  /**
   * The weeks of the shorter moving average, of both sides of the share's change and of the fuel's.
   */
  static final int SHORT = 4;

  /** The weeks of the longer moving average and of the price index's base: a quarter. */
  static final int LONG = 13;

  /** The farthest week that a feature looks at: the same week of the year before. */
  static final int LONGEST_LAG = 52;

  /** The decimals of ratios, means and indexes. */
  static final int RATIO_DECIMALS = 6;

  private static final MathContext EXACT = MathContext.DECIMAL128;
  // A value that stands at a tie but for the last digits of a division is at the tie.
  private static final MathContext SETTLED = new MathContext(28, RoundingMode.HALF_UP);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private TrendFormulas() {}

  /**
   * What an item sold in two periods.
   *
   * @param units units of the week, above zero
   * @param revenue their prices in cents
   * @param baseUnits units of the base period, above zero
   * @param baseRevenue their prices in cents
   */
  record PricedItem(long units, long revenue, long baseUnits, long baseRevenue) {
    PricedItem {
      if (units <= 0 || baseUnits <= 0) {
        throw new IllegalArgumentException("an item has a price only where it was sold");
      }
    }
  }

  /**
   * Returns dividend / divisor with the decimals of ratios: rounded once, as {@link #rounded} would
   * round it, without the digits between.
   */
  static BigDecimal ratio(long dividend, long divisor) {
    return BigDecimal.valueOf(dividend)
        .divide(BigDecimal.valueOf(divisor), RATIO_DECIMALS, RoundingMode.HALF_UP);
  }

  /** Returns sum / count, unrounded. */
  static BigDecimal mean(BigDecimal sum, long count) {
    return sum.divide(BigDecimal.valueOf(count), EXACT);
  }

  /**
   * Returns now / before - 1, unrounded; null if one of them is null, or before is not above zero.
   */
  static @Nullable BigDecimal relativeChange(
      @Nullable BigDecimal now, @Nullable BigDecimal before) {
    return now == null || before == null || before.signum() <= 0
        ? null
        : now.subtract(before).divide(before, EXACT);
  }

  /**
   * Returns by how much a share grew, in parts of the whole and with the decimals of ratios: part /
   * whole - partBefore / wholeBefore; null if a whole is not above zero.
   */
  static @Nullable BigDecimal shareChange(
      long part, long whole, long partBefore, long wholeBefore) {
    if (whole <= 0 || wholeBefore <= 0) {
      return null;
    }
    // One fraction: the difference of two rounded ones would lose its last digits.
    BigDecimal dividend =
        BigDecimal.valueOf(part)
            .multiply(BigDecimal.valueOf(wholeBefore))
            .subtract(BigDecimal.valueOf(partBefore).multiply(BigDecimal.valueOf(whole)));
    return dividend.divide(
        BigDecimal.valueOf(whole).multiply(BigDecimal.valueOf(wholeBefore)),
        RATIO_DECIMALS,
        RoundingMode.HALF_UP);
  }

  /**
   * Returns Fisher's price index of the week against the base period, 100 for equal prices, over
   * the items sold in both; null if there is none. Its mix is that of the same items in both
   * periods, so dearer models that sell more do not raise it.
   */
  static @Nullable BigDecimal priceIndex(List<PricedItem> items) {
    if (items.isEmpty()) {
      return null;
    }
    BigDecimal baseBasketNow = BigDecimal.ZERO;
    BigDecimal baseBasketThen = BigDecimal.ZERO;
    BigDecimal basketNow = BigDecimal.ZERO;
    BigDecimal basketThen = BigDecimal.ZERO;
    for (PricedItem item : items) {
      BigDecimal revenue = BigDecimal.valueOf(item.revenue());
      BigDecimal baseRevenue = BigDecimal.valueOf(item.baseRevenue());
      BigDecimal units = BigDecimal.valueOf(item.units());
      BigDecimal baseUnits = BigDecimal.valueOf(item.baseUnits());
      baseBasketNow = baseBasketNow.add(revenue.multiply(baseUnits).divide(units, EXACT), EXACT);
      baseBasketThen = baseBasketThen.add(baseRevenue);
      basketNow = basketNow.add(revenue);
      basketThen = basketThen.add(baseRevenue.multiply(units).divide(baseUnits, EXACT), EXACT);
    }
    BigDecimal laspeyres = baseBasketNow.divide(baseBasketThen, EXACT);
    BigDecimal paasche = basketNow.divide(basketThen, EXACT);
    return laspeyres.multiply(paasche).sqrt(EXACT).multiply(HUNDRED);
  }

  /** Returns the value with so many decimals; null for null. */
  static @Nullable BigDecimal rounded(@Nullable BigDecimal value, int decimals) {
    return value == null ? null : value.round(SETTLED).setScale(decimals, RoundingMode.HALF_UP);
  }
}
