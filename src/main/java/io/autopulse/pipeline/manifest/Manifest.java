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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One job: what it reads, what it computes and where it publishes. What jobs of every kind have is
 * here, what only one kind has is in its {@link JobSpec}. Relative paths are relative to the
 * current working directory.
 *
 * @param job the job's name: lower-case letters, digits and hyphens
 * @param owner who answers for it; empty if the manifest does not say
 * @param timezone the zone of business dates and windows
 * @param currency the reporting currency: prices in another are rejected
 * @param feeds in the order of {@link Feed}: sales and perhaps their reference data, or market
 *     feeds; none for trends and forecasts of what the warehouse holds; both for a live job with
 *     trends
 * @param maxAhead how far ahead of now records may be dated
 * @param audits what a run may differ by and still be published
 * @param warehouse where it publishes
 * @param staging the folder for staging files; empty for one beside the warehouse
 * @param spec what only jobs of its kind have
 * @param places where each value was written, for problems that show later
 * @param contents what it says that tables depend on, in a form of its own: manifests of equal
 *     contents make equal tables of equal records
 */
public record Manifest(
    String job,
    String owner,
    ZoneId timezone,
    Currency currency,
    Map<Feed, FeedSpec> feeds,
    Duration maxAhead,
    AuditLimits audits,
    WarehouseUri warehouse,
    Optional<Path> staging,
    JobSpec spec,
    Places places,
    List<String> contents) {
  /** Keeps its own copy of the feeds and checks that they are those of the kind of job. */
  public Manifest {
    if (!spec.reads(feeds.keySet())) {
      throw new IllegalArgumentException(
          "a job of the kind " + spec.kind() + " does not read " + feeds.keySet());
    }
    EnumMap<Feed, FeedSpec> ordered = new EnumMap<>(Feed.class);
    ordered.putAll(feeds);
    feeds = Collections.unmodifiableMap(ordered);
    contents = List.copyOf(contents);
  }

  /** Returns which kind of job it is. */
  public JobSpec.Kind kind() {
    return spec.kind();
  }

  /**
   * Returns what only jobs of one kind have.
   *
   * @throws ClassCastException if the job is not of that kind
   */
  public <S extends JobSpec> S spec(Class<S> kind) {
    return kind.cast(spec);
  }

  /** Returns how a live job runs; empty for a job that ends. */
  public Optional<LiveSpec> live() {
    return spec.liveSpec();
  }

  /** Returns which KPIs of sales are computed; empty for a job that computes none. */
  public Optional<KpiSpec> kpis() {
    return spec.kpiSpec();
  }

  /** Returns which trend features are computed; empty for a job that computes none. */
  public Optional<TrendSpec> trends() {
    return spec.trendSpec();
  }

  /** Returns how names of market feeds are mapped to our members; none for a job without them. */
  public MarketNames mappings() {
    return spec.names();
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
