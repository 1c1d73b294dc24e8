package io.autopulse.cli;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.Feed.Field;
import io.autopulse.domain.feed.Feed.Kind;
import io.autopulse.domain.feed.NullTexts;
import io.autopulse.domain.market.MarketNames;
import io.autopulse.domain.market.NameMapping;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.domain.sale.Ties;
import io.autopulse.pipeline.feed.HeaderCheck;
import io.autopulse.pipeline.feed.SourceCheck.Found;
import io.autopulse.pipeline.manifest.FeedSpec;
import io.autopulse.pipeline.manifest.JdbcSource;
import io.autopulse.pipeline.manifest.JobSpec;
import io.autopulse.pipeline.manifest.Lookback;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.WarehouseSource;
import io.autopulse.sink.publish.AuditLimits;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a refresh would do, for a reader: {@code toString} is the text, its lines ended.
 *
 * @param manifest the job
 * @param found what stands at the source of each feed
 * @param today the business date of the refresh
 */
record Plan(Manifest manifest, Map<Feed, Found> found, LocalDate today) {
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    line(text, "job", manifest.job() + (manifest.owner().isEmpty() ? "" : ", " + manifest.owner()));
    Map<String, String> job =
        switch (manifest.kind()) {
          case REFRESH -> sales(manifest.spec(JobSpec.Refresh.class));
          case MARKET -> market(manifest.spec(JobSpec.Market.class));
          case TRENDS -> trends(manifest.spec(JobSpec.Trends.class));
          case LIVE_SALES -> sales(manifest.spec(JobSpec.LiveSales.class).refresh());
          case LIVE_MARKET -> market(manifest.spec(JobSpec.LiveMarket.class).market());
          default -> manifest.spec().plan();
        };
    job.forEach((name, value) -> line(text, name, value));
    line(text, "warehouse", manifest.warehouse().toString());
    manifest.feeds().values().forEach(spec -> feed(text, spec));
    return text.toString();
  }

  private Map<String, String> sales(JobSpec.Refresh refresh) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("dates", dates(refresh.lookback()));
    lines.put("currency", manifest.currency().getCurrencyCode());
    lines.put("grains", joined(refresh.kpis().grains()));
    lines.put("dimensions", joined(refresh.kpis().dimensions()));
    manifest.trends().ifPresent(trends -> lines.put("trends", joined(trends.dimensions())));
    lines.put("audits", audits());
    return lines;
  }

  private Map<String, String> market(JobSpec.Market market) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("dates", "all, in " + manifest.timezone());
    lines.put("currency", manifest.currency().getCurrencyCode());
    lines.put("mappings", mappings(market.mappings()));
    lines.put(
        "audits",
        "at most " + manifest.audits().maxRejected().toPlainString() + " of the records rejected");
    return lines;
  }

  private Map<String, String> trends(JobSpec.Trends spec) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("dates", dates(spec.lookback()));
    lines.put("currency", manifest.currency().getCurrencyCode());
    lines.put("trends", joined(spec.trends().dimensions()));
    return lines;
  }

  private String dates(Lookback lookback) {
    BusinessInterval interval = lookback.until(today).alignedOutward();
    return interval.equals(BusinessInterval.ALL)
        ? "all, in " + manifest.timezone()
        : "%s to %s (%s until today, in whole weeks and months), in %s"
            .formatted(interval.from(), interval.to().minusDays(1), lookback, manifest.timezone());
  }

  private static String mappings(MarketNames names) {
    Map<String, NameMapping> tables = new LinkedHashMap<>();
    tables.put("makes", names.makes());
    tables.put("models", names.models());
    tables.put("regions", names.regions());
    tables.put("powertrains", names.powertrains());
    tables.put("fuels", names.fuels());
    tables.put("topics", names.topics());
    return tables.entrySet().stream()
        .map(
            t ->
                t.getValue().isEmpty()
                    ? t.getKey() + " as they are"
                    : t.getValue().size() + " names of " + t.getKey())
        .collect(Collectors.joining(", "));
  }

  private String audits() {
    return "at most %s of the records rejected, %s conflicting, %s"
        .formatted(
            manifest.audits().maxRejected().toPlainString(),
            manifest
                .audits()
                .maxConflicting()
                .orElse(AuditLimits.DEFAULT_CONFLICTING)
                .toPlainString(),
            manifest
                .audits()
                .maxChange()
                .map(c -> "a change of at most " + c.toPlainString() + " of the units")
                .orElse(
                    "a fall of at most "
                        + AuditLimits.DEFAULT_CHANGE.toPlainString()
                        + " of the units"));
  }

  private void feed(StringBuilder text, FeedSpec spec) {
    text.append('\n');
    line(text, spec.feed().toString(), spec.source().description() + files(spec));
    List<String> absent = new ArrayList<>();
    for (Field field : spec.feed().fields()) {
      String origin = origin(spec, field);
      if (origin.isEmpty()) {
        absent.add(field.name());
      } else {
        line(text, "  " + field.name(), origin);
      }
    }
    if (!absent.isEmpty()) {
      line(text, "  not given", String.join(", ", absent));
    }
    if (!spec.nulls().equals(NullTexts.USUAL) && !(spec.source() instanceof WarehouseSource)) {
      line(text, "  absent", spec.nulls().isEmpty() ? "blank only" : joined(spec.nulls()));
    }
    if (spec.ties() == Ties.POSITION) {
      line(text, "  ties", "the position in the file or partition is the sequence");
    }
    if (!spec.sensitive().isEmpty()) {
      line(text, "  masked", String.join(", ", spec.sensitive()));
    }
  }

  private String files(FeedSpec spec) {
    Found at = found.get(spec.feed());
    if (spec.source() instanceof JdbcSource) {
      return "";
    }
    if (at == null || spec.source() instanceof WarehouseSource) {
      return " (not asked)";
    }
    return String.format(
        Locale.ROOT,
        " (%d %s, %.1f MB)",
        at.files(),
        at.files() == 1 ? "file" : "files",
        at.bytes() / 1e6);
  }

  /** Returns where the field comes from; empty if neither a column nor a default gives it. */
  private String origin(FeedSpec spec, Field field) {
    Found at = found.get(spec.feed());
    // Without a header to look at, a column is taken to be there.
    Optional<String> header =
        at == null || at.header().isEmpty()
            ? Optional.of(String.join(" and ", spec.headers(field.name())))
            : column(spec, field, at.header().get());
    boolean column = header.isPresent();
    List<String> parts = new ArrayList<>();
    if (column) {
      parts.add("from " + header.get());
      if (field.kind() == Kind.TIME) {
        parts.add("as " + spec.formats().timeFormat(field.name()).replace("\n", " or "));
      }
    }
    String standIn = spec.defaults().get(field.name());
    if (standIn != null) {
      parts.add((column ? "else \"" : "always \"") + standIn + "\"");
    }
    return String.join(", ", parts);
  }

  private Optional<String> column(FeedSpec spec, Field field, List<String> header) {
    int[] columns = HeaderCheck.match(manifest, spec, header).columnsOf(field);
    return Arrays.stream(columns).anyMatch(column -> column < 0)
        ? Optional.empty()
        : Optional.of(
            Arrays.stream(columns).mapToObj(header::get).collect(Collectors.joining(" and ")));
  }

  private static String joined(List<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-14s %s%n", name, value));
  }
}
