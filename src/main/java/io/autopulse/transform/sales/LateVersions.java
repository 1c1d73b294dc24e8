package io.autopulse.transform.sales;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.domain.sale.BusinessClock;
import io.autopulse.domain.sale.SaleStatus;
import io.autopulse.domain.sale.block.SaleBlock;
import io.autopulse.domain.sale.block.SaleChanges;
import io.autopulse.domain.sale.block.SaleLayout;
import io.autopulse.domain.sale.block.Terms;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * Sale versions that come after the correction horizon, as rejected records. Their raw text is gone
 * at this step: the record is written anew as JSON under the fields' own names. The landing zone,
 * or the topic, still holds the text, and the refresh takes it in.
 */
final class LateVersions {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<List<String>> FIELDS =
      List.of(
          List.of("model_id", "make", "model", "segment", "powertrain"),
          List.of("dealer_id", "region"),
          List.of("channel", "source"));

  private LateVersions() {}

  /** Returns the version that the block is at as a rejected record. */
  static RejectedRecord reject(SaleBlock block, String step) {
    byte[] bytes = block.bytes();
    int at = block.at();
    String saleId = SaleChanges.saleId(block);
    Instant updatedAt = BusinessClock.instantOf(SaleLayout.updatedAt(bytes, at));
    Instant soldAt = BusinessClock.instantOf(SaleLayout.soldAt(bytes, at));
    long sequence = SaleLayout.sequence(bytes, at);
    ObjectNode json = JSON.createObjectNode();
    json.put("sale_id", saleId);
    json.put("updated_at", updatedAt.toString());
    json.put("sequence", sequence);
    json.put("status", SaleStatus.values()[SaleLayout.status(bytes, at)].name());
    json.put("sold_at", soldAt.toString());
    for (int d = 0; d < SaleLayout.DICTIONARIES; d++) {
      List<String> parts = Terms.split(block.entry(d, SaleLayout.code(bytes, at, d)));
      for (int part = 0; part < parts.size(); part++) {
        if (!parts.get(part).isEmpty()) {
          json.put(FIELDS.get(d).get(part), parts.get(part));
        }
      }
    }
    if (SaleLayout.listPrice(bytes, at) != SaleLayout.NO_PRICE) {
      json.put("list_price", amount(SaleLayout.listPrice(bytes, at)));
    }
    json.put("net_price", amount(SaleLayout.netPrice(bytes, at)));
    return new RejectedRecord(
        Feed.SALES.toString(),
        "sale " + saleId + ", version of " + updatedAt + ", sequence " + sequence,
        step,
        Rejection.of(RejectCode.TOO_LATE, "sold_at", soldAt.toString()),
        json.toString(),
        "json",
        "");
  }

  private static String amount(long cents) {
    return BigDecimal.valueOf(cents, 2).toPlainString();
  }
}
