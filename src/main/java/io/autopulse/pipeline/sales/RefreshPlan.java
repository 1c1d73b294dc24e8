package io.autopulse.pipeline.sales;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.value.DateHorizon;
import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.manifest.FeedSpec;
import io.autopulse.sink.staging.Staging;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one refresh computes: the manifest's part of it, and what the launching process found out.
 *
 * @param feeds the feeds to read
 * @param timezone of business dates
 * @param currency the reporting currency
 * @param grains the windows of the KPIs
 * @param dimensions the cuts of the KPIs
 * @param covered the business dates that are recomputed, whole weeks and months
 * @param asOf windows that end on this business date or before are final
 * @param shards how many parts the sales are resolved in, each in a worker's memory
 * @param staging where the run stages
 * @param replayed rejected records of an earlier run that are read again, by feed
 * @param horizon how far ahead sales may be dated
 */
public record RefreshPlan(
    Map<Feed, FeedSpec> feeds,
    ZoneId timezone,
    String currency,
    Set<Grain> grains,
    List<Dimension> dimensions,
    BusinessInterval covered,
    LocalDate asOf,
    int shards,
    Staging staging,
    Map<Feed, List<RawBlock>> replayed,
    DateHorizon horizon) {
  /** Copies the collections. */
  public RefreshPlan {
    feeds = Map.copyOf(feeds);
    grains = Set.copyOf(grains);
    dimensions = List.copyOf(dimensions);
    replayed = Map.copyOf(replayed);
  }
}
