package io.autopulse.generate;

import io.autopulse.generate.format.LandingFormat;
import io.autopulse.generate.world.GenerateSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The manifests of the jobs that read generated data. */
public final class LandingManifest {
  private static final String GRAINS = "[hour, day, week, month]";
  private static final String LIVE = "live: {panes: 1s, corrections: 35d, poll: 500ms%s}";

  private static final List<String> REFERENCE = List.of("vehicles", "dealers");

  private LandingManifest() {}

  /** Returns the manifest of the refresh that reads the files. */
  static String refresh(GenerateSpec spec, LandingLayout layout) {
    return manifest(
        spec,
        "daily-refresh",
        "lookback: all",
        "[day, week, month]",
        List.of("vehicles", "dealers", "targets"),
        feed -> files(spec, layout, feed));
  }

  /** Returns the manifest of the market data job that reads the files. */
  static String market(GenerateSpec spec, LandingLayout layout, List<String> topics) {
    return """
        # Generated data.
        job: market-data
        owner: market analytics
        timezone: %s
        currency: EUR
        feeds:
          fuel_prices:
            from: %s
          registrations:
            from: %s
          attention:
            from: %s
          social:
            from: %s
            sensitive: [user_name, text]
        mappings:
          powertrains: %s
          fuels: %s
          topics: %s
        warehouse: ${AUTOPULSE_WAREHOUSE:-duckdb:autopulse.duckdb}
        """
        .formatted(
            spec.timezone().getId(),
            marketFiles(spec, layout, "fuel_prices"),
            marketFiles(spec, layout, "registrations"),
            marketFiles(spec, layout, "attention"),
            marketFiles(spec, layout, "social"),
            aliases(MarketFeeds.POWERTRAINS),
            aliases(MarketFeeds.FUELS),
            topics.stream()
                .map(topic -> quoted(topic) + ": []")
                .collect(Collectors.joining(", ", "{", "}")));
  }

  private static String aliases(Map<String, String> names) {
    return names.entrySet().stream()
        .map(name -> "%s: [%s]".formatted(quoted(name.getKey()), quoted(name.getValue())))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String marketFiles(GenerateSpec spec, LandingLayout layout, String feed) {
    return source(spec, layout.marketPattern(feed));
  }

  private static String source(GenerateSpec spec, String pattern) {
    String type = spec.format() == LandingFormat.CSV ? "csv" : "airbyte-jsonl";
    return "{type: %s, path: %s}".formatted(type, quoted(pattern));
  }

  /** Returns the manifest of the refresh that reads files of a live stream, with hours. */
  public static String refreshOfStream(GenerateSpec spec, LandingLayout layout) {
    return manifest(
        spec,
        "daily-refresh",
        "lookback: all",
        GRAINS,
        REFERENCE,
        feed -> files(spec, layout, feed));
  }

  /** Returns the manifest of the live job that follows the files. */
  public static String liveFiles(GenerateSpec spec, LandingLayout layout) {
    return manifest(
        spec,
        "live-sales",
        LIVE.formatted(", quiet: 0s"),
        GRAINS,
        REFERENCE,
        feed -> files(spec, layout, feed));
  }

  /** Returns the manifest of the live job that follows the topics, each named like its feed. */
  public static String liveTopics(GenerateSpec spec, String bootstrapServers) {
    return manifest(
        spec,
        "live-sales",
        LIVE.formatted(""),
        GRAINS,
        REFERENCE,
        feed ->
            "{type: kafka, bootstrap_servers: %s, topic: %s}"
                .formatted(quoted(bootstrapServers), feed));
  }

  private static String files(GenerateSpec spec, LandingLayout layout, String feed) {
    return source(spec, layout.pattern(feed));
  }

  private static String manifest(
      GenerateSpec spec,
      String job,
      String extent,
      String grains,
      List<String> feedsBesideSales,
      UnaryOperator<String> from) {
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
        %skpis:
          grains: %s
          dimensions: [total, make, model, segment, powertrain, region, dealer, [region, powertrain], [region, model]]
        warehouse: ${AUTOPULSE_WAREHOUSE:-duckdb:autopulse.duckdb}
        """
        .formatted(
            job,
            spec.timezone().getId(),
            extent,
            from.apply("sales"),
            feedsBesideSales.stream()
                .map(feed -> "  %s:\n    from: %s\n".formatted(feed, from.apply(feed)))
                .collect(Collectors.joining()),
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
