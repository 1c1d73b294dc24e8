package io.autopulse.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sales whose attributes are what an ERP may hold: quotation marks, backslashes, what Snowflake
 * takes for null. Every third has a price that no rule accepts.
 */
public final class HostileSales {
  private static final List<String> TEXTS =
      List.of(
          "\\N",
          "\\\\N",
          "N",
          "NULL",
          "O'Brien",
          "''",
          "'); drop table sales; --",
          "\"\"say\"\"",
          "a,b",
          "ends with \\",
          "two\nlines",
          "ümlaut – 🚗");

  private HostileSales() {}

  /** Adds a file of them to the CSV files of a landing zone. */
  public static void add(Path sales) throws IOException {
    Path first;
    try (var files = Files.list(sales)) {
      first = files.filter(f -> f.toString().endsWith(".csv")).sorted().findFirst().orElseThrow();
    }
    String header = Files.readAllLines(first).get(0);
    List<String> names = List.of(header.split(",", -1));
    StringBuilder csv = new StringBuilder(header).append('\n');
    for (int i = 0; i < TEXTS.size(); i++) {
      String text = '"' + TEXTS.get(i) + '"';
      Map<String, String> sale = new HashMap<>();
      sale.put("sale_id", '"' + "H" + i + " " + TEXTS.get(i) + '"');
      sale.put("updated_at", "2024-05-14T10:00:00.123456Z");
      sale.put("status", "SOLD");
      sale.put("sold_at", "2024-05-14T09:00:00.000001Z");
      sale.put("region", text);
      sale.put("dealer_id", text);
      sale.put("channel", text);
      sale.put("net_price", i % 3 == 0 ? text : "12345.67");
      sale.put("currency", "EUR");
      csv.append(String.join(",", names.stream().map(n -> sale.getOrDefault(n, "")).toList()));
      csv.append('\n');
    }
    Files.writeString(sales.resolve("sales-hostile.csv"), csv);
  }
}
