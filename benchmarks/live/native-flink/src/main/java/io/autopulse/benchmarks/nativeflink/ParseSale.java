package io.autopulse.benchmarks.nativeflink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
  private transient JsonFactory json;

  ParseSale(HashMap<String, Map<String, String>> vehicles, HashMap<String, Map<String, String>> dealers) {
    this.vehicles = vehicles;
    this.dealers = dealers;
  }

  @Override
  public Sale map(String line) throws Exception {
    if (json == null) {
      json = new JsonFactory();
    }
    Sale sale = new Sale();
    String modelId = "";
    sale.listCents = -1;
    try (JsonParser parser = json.createParser(line)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        String value = parser.nextToken() == JsonToken.VALUE_NULL ? "" : parser.getText();
        if (value.isEmpty()) {
          continue;
        }
        switch (field) {
          case "sale_id" -> sale.saleId = value;
          case "updated_at" -> sale.updatedAt = micros(value);
          case "sequence" -> sale.sequence = Long.parseLong(value);
          case "status" -> sale.status = value.charAt(0);
          case "sold_at" -> sale.soldAt = micros(value);
          case "model_id" -> modelId = member(value);
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
    }
    Map<String, String> vehicle = vehicles.getOrDefault(modelId, Map.of());
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
    return sale;
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
