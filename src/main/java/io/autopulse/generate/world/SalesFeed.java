package io.autopulse.generate.world;

import io.autopulse.generate.format.RecordBuffer;
import io.autopulse.generate.format.RecordEncoder;
import java.util.List;

/** The columns of the sales feed and how a version fills them. */
public final class SalesFeed {
  /** The columns of the sales feed, in their order. */
  public static final List<String> COLUMNS =
      List.of(
          "sale_id",
          "updated_at",
          "sequence",
          "status",
          "sold_at",
          "model_id",
          "dealer_id",
          "region",
          "list_price",
          "net_price",
          "currency",
          "channel",
          "source",
          "customer_name",
          "customer_phone");

  private SalesFeed() {}

  /** Returns the sale's key, ten digits: the series tells good sales (0) from defects (8 and 9). */
  public static String saleId(int series, long number) {
    String digits = Long.toString(series * 1_000_000_000L + number);
    return "S0000000000".substring(0, 11 - digits.length()) + digits;
  }

  /** Writes the version as one record. */
  public static void write(
      SaleVersion v, RecordBuffer out, long extractedAtMillis, RecordEncoder encoder) {
    encoder.begin(out, extractedAtMillis);
    encoder.text(v.saleId());
    encoder.millis(v.updatedAt());
    encoder.integer(v.sequence());
    encoder.text(v.status().name());
    encoder.seconds(v.soldAt());
    encoder.text(v.vehicle().modelId());
    Dealer dealer = v.dealer();
    encoder.text(dealer == null ? "" : dealer.dealerId());
    encoder.text(v.regionText());
    encoder.moneyIfAny(v.listPrice());
    encoder.money(v.netPrice());
    encoder.text("EUR");
    encoder.text(v.channel());
    encoder.text(v.source());
    encoder.text(v.customerName());
    encoder.text(v.customerPhone());
    encoder.end();
  }
}
