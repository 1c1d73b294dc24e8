package io.autopulse.generate.truth;

import io.autopulse.domain.sale.SaleStatus;
import io.autopulse.generate.format.RecordBuffer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * One cell's KPIs, added up from its rows in ascending order of the price paid. Used again for the
 * next cell.
 */
final class TruthCell {
  private final TruthRows rows;
  private final PriceBins bins;
  private int[] prices = new int[256];
  private int sold;
  private long cancelled;
  private long returned;
  private long revenue;
  private long discountNet;
  private long discountList;
  private long revision;

  TruthCell(TruthRows rows, PriceBins bins) {
    this.rows = rows;
    this.bins = bins;
  }

  void clear() {
    sold = 0;
    cancelled = 0;
    returned = 0;
    revenue = 0;
    discountNet = 0;
    discountList = 0;
    revision = 0;
  }

  /** Takes in the version of that row, whose price is no lower than those before. */
  void add(int row) {
    if (!rows.isCurrent(row)) {
      revision += 2;
      return;
    }
    revision++;
    SaleStatus status = rows.status(row);
    if (status == SaleStatus.CANCELLED) {
      cancelled++;
    } else if (status == SaleStatus.RETURNED) {
      returned++;
    } else {
      addSold(rows.net()[row], rows.list()[row]);
    }
  }

  private void addSold(int net, int list) {
    if (sold == prices.length) {
      prices = Arrays.copyOf(prices, 2 * sold);
    }
    prices[sold++] = net;
    revenue += net;
    if (list > 0) {
      discountNet += net;
      discountList += list;
    }
  }

  /**
   * Writes the measures from units_sold to revision.
   *
   * @param soldInWindow units sold of the whole window
   */
  void write(long soldInWindow, RecordBuffer out) {
    out.integer(sold).ascii(',').integer(cancelled).ascii(',').integer(returned).ascii(',');
    out.money(revenue).ascii(',');
    if (sold > 0) {
      // Half a cent goes up: all prices are positive.
      out.money((2 * revenue + sold) / (2L * sold));
      out.ascii(',').money(quantile(5)).ascii(',').money(quantile(1)).ascii(',').money(quantile(9));
    } else {
      out.text(",,,");
    }
    out.ascii(',');
    if (discountList > 0) {
      out.text(ratio(discountList - discountNet, discountList));
    }
    out.ascii(',');
    if (soldInWindow > 0) {
      out.text(ratio(sold, soldInWindow));
    }
    out.ascii(',').integer(revision);
  }

  /** Returns the bin's value of the price at the rank of so many tenths of all. */
  private long quantile(int tenths) {
    int rank = Math.toIntExact(((long) tenths * sold + 9) / 10);
    return bins.valueOf(prices[rank - 1]);
  }

  private static String ratio(long part, long whole) {
    return BigDecimal.valueOf(part)
        .divide(BigDecimal.valueOf(whole), 6, RoundingMode.HALF_UP)
        .toPlainString();
  }
}
