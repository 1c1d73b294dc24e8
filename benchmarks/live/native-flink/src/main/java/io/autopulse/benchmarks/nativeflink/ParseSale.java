package io.autopulse.benchmarks.nativeflink;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.functions.RichMapFunction;

/** A JSON line to a sale with the attributes that the reference data add. */
final class ParseSale extends RichMapFunction<String, Sale> {
  private static final long serialVersionUID = 1L;

  private final HashMap<String, Map<String, String>> vehicles;
  private final HashMap<String, Map<String, String>> dealers;

  ParseSale(HashMap<String, Map<String, String>> vehicles, HashMap<String, Map<String, String>> dealers) {
    this.vehicles = vehicles;
    this.dealers = dealers;
  }

  @Override
  public Sale map(String line) throws Exception {
    Sale sale = new Sale();
    sale.listCents = -1;
    Records.read(line, (field, value) -> set(sale, field, value));
    Map<String, String> vehicle = vehicles.getOrDefault(sale.modelId, Map.of());
    Map<String, String> dealer = dealers.getOrDefault(sale.dealer, Map.of());
    sale.make = known(sale.make, vehicle.get("make"));
    sale.model = known(sale.model, vehicle.get("model"));
    sale.segment = known(sale.segment, vehicle.get("segment"));
    sale.powertrain = known(sale.powertrain, vehicle.get("powertrain"));
    sale.region = known(sale.region, dealer.get("region"));
    sale.dealer = known(sale.dealer, null);
    if (sale.listCents < 0) {
      String price = vehicle.get("list_price");
      sale.listCents = price == null || price.isEmpty() ? -1 : cents(price);
    }
    Progress.RECORDS.increment();
    return sale;
  }

  private static void set(Sale sale, String field, String value) {
    switch (field) {
      case "sale_id" -> sale.saleId = value;
      case "updated_at" -> sale.updatedAt = micros(value);
      case "sequence" -> sale.sequence = Long.parseLong(value);
      case "status" -> sale.status = value.charAt(0);
      case "sold_at" -> sale.soldAt = micros(value);
      case "model_id" -> sale.modelId = member(value);
      case "make" -> sale.make = member(value);
      case "model" -> sale.model = member(value);
      case "segment" -> sale.segment = member(value);
      case "powertrain" -> sale.powertrain = member(value);
      case "region" -> sale.region = member(value);
      case "dealer_id" -> sale.dealer = member(value);
      case "net_price" -> sale.netCents = cents(value);
      case "list_price" -> sale.listCents = cents(value);
      default -> {}
    }
  }

  private static String known(String own, String reference) {
    return !own.isEmpty() ? own : reference == null || reference.isEmpty() ? "UNKNOWN" : reference;
  }

  private static String member(String text) {
    return text.strip().toUpperCase(Locale.ROOT);
  }

  private static long micros(String text) {
    Instant at = Instant.parse(text);
    return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
  }

  private static long cents(String text) {
    return new BigDecimal(text).movePointRight(2).longValueExact();
  }
}
