package io.autopulse.pipeline.manifest;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.market.MarketNames;
import io.autopulse.pipeline.yaml.Places;
import io.autopulse.sink.publish.AuditLimits;
import io.autopulse.warehouse.WarehouseUri;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Currency;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One job: what it reads, what it computes and where it publishes. Relative paths are relative to
 * the current working directory.
 *
 * @param job the job's name: lower-case letters, digits and hyphens
 * @param owner who answers for it; empty if the manifest does not say
 * @param timezone the zone of business dates and windows
 * @param currency the reporting currency: prices in another are rejected
 * @param lookback how far back a refresh without dates goes
 * @param feeds in the order of {@link Feed}: sales and perhaps their reference data, or market
 *     feeds; none for trends of what the warehouse holds; both for a live job with trends
 * @param mappings how names of market feeds are mapped to our members
 * @param kpis which KPIs are computed
 * @param audits what a run may differ by and still be published
 * @param warehouse where it publishes
 * @param staging the folder for staging files; empty for one beside the warehouse
 * @param live how a live job runs; empty for a job that ends
 * @param trends which trend features: of what the warehouse holds, or of what a live job follows
 * @param places where each value was written, for problems that show later
 * @param maxAhead how far ahead of now records may be dated
 */
public record Manifest(
    String job,
    String owner,
    ZoneId timezone,
    Currency currency,
    Lookback lookback,
    Map<Feed, FeedSpec> feeds,
    MarketNames mappings,
    KpiSpec kpis,
    AuditLimits audits,
    WarehouseUri warehouse,
    Optional<Path> staging,
    Optional<LiveSpec> live,
    Optional<TrendSpec> trends,
    Places places,
    Duration maxAhead) {
  /** Keeps its own copy of the feeds and checks that they are those of one kind of job. */
  public Manifest {
    boolean follows = live.isPresent() && trends.isPresent();
    if (!follows
        && !Feed.OF_SALES.containsAll(feeds.keySet())
        && !Feed.OF_MARKET.containsAll(feeds.keySet())) {
      throw new IllegalArgumentException("a manifest has feeds of sales or of market data");
    }
    if (!feeds.containsKey(Feed.SALES)
        && (feeds.isEmpty() || Feed.OF_SALES.containsAll(feeds.keySet()))
        && trends.isEmpty()) {
      throw new IllegalArgumentException(
          "a manifest needs the sales feed, a market feed, or trends, which read the warehouse");
    }
    if (trends.isPresent() && live.isPresent() != feeds.containsKey(Feed.SALES)) {
      throw new IllegalArgumentException("trends read the warehouse, or sales that are followed");
    }
    EnumMap<Feed, FeedSpec> ordered = new EnumMap<>(Feed.class);
    ordered.putAll(feeds);
    feeds = Collections.unmodifiableMap(ordered);
  }

  /** Returns which kind of job it is. */
  public JobKind kind() {
    boolean sales = feeds.containsKey(Feed.SALES);
    if (live.isPresent()) {
      return sales ? JobKind.LIVE_SALES : JobKind.LIVE_MARKET;
    }
    if (trends.isPresent()) {
      return JobKind.TRENDS;
    }
    return sales ? JobKind.REFRESH : JobKind.MARKET;
  }

  /** Returns what each feed is read from, for messages. */
  public Map<Feed, String> sources() {
    return feeds.values().stream()
        .collect(Collectors.toMap(FeedSpec::feed, spec -> spec.source().description()));
  }

  /** Returns the feed's specification, if the manifest has the feed. */
  public Optional<FeedSpec> feed(Feed feed) {
    return Optional.ofNullable(feeds.get(feed));
  }
}
