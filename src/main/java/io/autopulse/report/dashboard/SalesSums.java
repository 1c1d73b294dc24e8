package io.autopulse.report.dashboard;

import io.autopulse.domain.kpi.Measures;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Sums over sales, from which every figure of sales follows; they add up over days and members.
 *
 * @param sold units sold
 * @param revenue of the units sold
 * @param net prices of the units sold that have a list price above zero
 * @param list their list prices
 * @param cancelled units cancelled
 * @param returned units returned
 */
public record SalesSums(
    long sold, BigDecimal revenue, BigDecimal net, BigDecimal list, long cancelled, long returned) {
  /** No sales. */
  public static final SalesSums NONE =
      new SalesSums(0, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, 0, 0);

  private static final int DIGITS = 6;

  /** Reads six columns from a row, the first of them given. */
  static SalesSums read(ResultSet row, int first) throws SQLException {
    return new SalesSums(
        row.getLong(first),
        row.getBigDecimal(first + 1),
        row.getBigDecimal(first + 2),
        row.getBigDecimal(first + 3),
        row.getLong(first + 4),
        row.getLong(first + 5));
  }

  /** Returns these sums and others. */
  public SalesSums plus(SalesSums other) {
    return new SalesSums(
        sold + other.sold,
        revenue.add(other.revenue),
        net.add(other.net),
        list.add(other.list),
        cancelled + other.cancelled,
        returned + other.returned);
  }

  /** Returns the average price of a unit sold, to the cent; null if none was. */
  public @Nullable BigDecimal averagePrice() {
    return sold == 0 ? null : revenue.divide(BigDecimal.valueOf(sold), 2, RoundingMode.HALF_UP);
  }

  /** Returns the discount of the average euro, 0 to 1; null if no list price is above zero. */
  public @Nullable BigDecimal averageDiscount() {
    return list.signum() == 0
        ? null
        : list.subtract(net).divide(list, DIGITS, RoundingMode.HALF_UP);
  }

  /** Returns which share of the sales did not last, 0 to 1; null if there were none. */
  public @Nullable BigDecimal lostShare() {
    return share(cancelled + returned, sold + cancelled + returned);
  }

  /** Returns part / whole, rounded as KPIs are; null of nothing. */
  public static @Nullable BigDecimal share(long part, long whole) {
    return whole == 0 ? null : BigDecimal.valueOf(Measures.share(part, whole), DIGITS);
  }

  /** Tells whether there are none. */
  public boolean isEmpty() {
    return sold + cancelled + returned == 0;
  }
}
