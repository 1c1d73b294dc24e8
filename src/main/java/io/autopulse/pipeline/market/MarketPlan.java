package io.autopulse.pipeline.market;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.value.DateHorizon;
import io.autopulse.domain.market.MarketNames;
import io.autopulse.pipeline.manifest.FeedSpec;
import io.autopulse.sink.staging.Staging;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * What one run of the market data job computes.
 *
 * @param feeds the market feeds to read
 * @param timezone of business dates
 * @param currency the reporting currency
 * @param names how names are mapped to our members
 * @param staging where the run stages
 * @param replayed rejected records of an earlier run that are read again, by feed
 * @param horizon how far ahead of now records may be dated
 */
public record MarketPlan(
    Map<Feed, FeedSpec> feeds,
    ZoneId timezone,
    String currency,
    MarketNames names,
    Staging staging,
    Map<Feed, List<RawBlock>> replayed,
    DateHorizon horizon) {
  /** Copies the collections. */
  public MarketPlan {
    feeds = Map.copyOf(feeds);
    replayed = Map.copyOf(replayed);
  }
}
