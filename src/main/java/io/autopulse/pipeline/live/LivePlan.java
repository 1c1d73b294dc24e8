package io.autopulse.pipeline.live;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.value.DateHorizon;
import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.market.MarketNames;
import io.autopulse.pipeline.manifest.FeedSpec;
import io.autopulse.pipeline.manifest.KpiSpec;
import io.autopulse.pipeline.manifest.LiveSpec;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.TrendSpec;
import io.autopulse.sink.live.LiveSink;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a live job computes: the manifest's part of it.
 *
 * @param feeds the feeds to follow
 * @param timezone of business dates and windows
 * @param currency the reporting currency
 * @param grains the windows of the KPIs; none for market data
 * @param dimensions the cuts of the KPIs; none for market data
 * @param names how names of market feeds are mapped to our members
 * @param trends which trend features; empty for none
 * @param live panes, correction horizon and polling
 * @param sink takes the rows
 * @param clock says what is now when a folder is idle; must be serializable
 * @param known the sales that the job takes from the warehouse; empty for none
 * @param horizon how far ahead of now records may be dated
 */
public record LivePlan(
    Map<Feed, FeedSpec> feeds,
    ZoneId timezone,
    String currency,
    Set<Grain> grains,
    List<Dimension> dimensions,
    MarketNames names,
    Optional<TrendSpec> trends,
    LiveSpec live,
    LiveSink sink,
    Clock clock,
    Optional<KnownSales> known,
    DateHorizon horizon) {
  /** Copies the collections. */
  public LivePlan {
    feeds = Map.copyOf(feeds);
    grains = Set.copyOf(grains);
    dimensions = List.copyOf(dimensions);
  }

  /** Returns the plan of a manifest's live section. */
  public static LivePlan of(
      Manifest manifest, LiveSpec live, LiveSink sink, Clock clock, Optional<KnownSales> known) {
    return new LivePlan(
        manifest.feeds(),
        manifest.timezone(),
        manifest.currency().getCurrencyCode(),
        manifest.kpis().map(kpis -> Set.copyOf(kpis.grains())).orElse(Set.of()),
        manifest.kpis().map(KpiSpec::dimensions).orElse(List.of()),
        manifest.mappings(),
        manifest.trends(),
        live,
        sink,
        clock,
        known,
        new DateHorizon(clock, manifest.maxAhead()));
  }
}
