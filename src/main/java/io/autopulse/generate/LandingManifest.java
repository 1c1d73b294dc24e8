package io.autopulse.generate;

import java.util.Locale;
import java.util.function.UnaryOperator;

/** The manifests of the jobs that read generated data. */
final class LandingManifest {
  private static final String GRAINS = "[hour, day, week, month]";
  private static final String LIVE = "live: {panes: 1s, corrections: 35d, poll: 500ms}";

  private LandingManifest() {}

  /** Returns the manifest of the refresh that reads the files. */
  static String refresh(GenerateSpec spec, LandingLayout layout) {
    return manifest(
        spec,
        "daily-refresh",
        "lookback: all",
        "[day, week, month]",
        feed -> files(spec, layout, feed));
  }

  /** Returns the manifest of the refresh that reads files of a live stream, with hours. */
  static String refreshOfStream(GenerateSpec spec, LandingLayout layout) {
    return manifest(
        spec, "daily-refresh", "lookback: all", GRAINS, feed -> files(spec, layout, feed));
  }

  /** Returns the manifest of the live job that follows the files. */
  static String liveFiles(GenerateSpec spec, LandingLayout layout) {
    return manifest(spec, "live-sales", LIVE, GRAINS, feed -> files(spec, layout, feed));
  }

  /** Returns the manifest of the live job that follows the topics, each named like its feed. */
  static String liveTopics(GenerateSpec spec, String bootstrapServers) {
    return manifest(
        spec,
        "live-sales",
        LIVE,
        GRAINS,
        feed ->
            "{type: kafka, bootstrap_servers: %s, topic: %s}"
                .formatted(quoted(bootstrapServers), feed));
  }

  private static String files(GenerateSpec spec, LandingLayout layout, String feed) {
    String type = spec.format() == LandingFormat.CSV ? "csv" : "airbyte-jsonl";
    return "{type: %s, path: %s}".formatted(type, quoted(layout.pattern(feed)));
  }

  private static String manifest(
      GenerateSpec spec, String job, String extent, String grains, UnaryOperator<String> from) {
    return """
        # Generated data.
        job: %s
        owner: sales analytics
        timezone: %s
        currency: EUR
        %s
        feeds:
          sales:
            from: %s
            sensitive: [customer_name, customer_phone]
          vehicles:
            from: %s
          dealers:
            from: %s
        kpis:
          grains: %s
          dimensions: [total, make, model, segment, powertrain, region, dealer, [region, powertrain], [region, model]]
        warehouse: ${AUTOPULSE_WAREHOUSE:-duckdb:autopulse.duckdb}
        """
        .formatted(
            job,
            spec.timezone().getId(),
            extent,
            from.apply("sales"),
            from.apply("vehicles"),
            from.apply("dealers"),
            grains);
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
