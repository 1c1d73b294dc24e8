package io.autopulse.generate;

import java.util.Locale;

/** The manifest of the daily refresh that reads a generated landing zone. */
final class LandingManifest {
  private LandingManifest() {}

  static String of(GenerateSpec spec, LandingLayout layout) {
    String type = spec.format() == LandingFormat.CSV ? "csv" : "airbyte-jsonl";
    return """
        # Generated data: autopulse run manifest.yaml
        job: daily-refresh
        owner: sales analytics
        timezone: %s
        currency: EUR
        lookback: all
        feeds:
          sales:
            from: {type: %s, path: %s}
            sensitive: [customer_name, customer_phone]
          vehicles:
            from: {type: %s, path: %s}
          dealers:
            from: {type: %s, path: %s}
        kpis:
          grains: [day, week, month]
          dimensions: [total, make, model, segment, powertrain, region, dealer, [region, powertrain], [region, model]]
        warehouse: ${AUTOPULSE_WAREHOUSE:-duckdb:autopulse.duckdb}
        """
        .formatted(
            spec.timezone().getId(),
            type,
            quoted(layout.pattern("sales")),
            type,
            quoted(layout.pattern("vehicles")),
            type,
            quoted(layout.pattern("dealers")));
  }

  /** Returns the text as a double-quoted YAML scalar. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
