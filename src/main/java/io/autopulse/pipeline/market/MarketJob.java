package io.autopulse.pipeline.market;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.value.DateHorizon;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.manifest.FeedSpec;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.run.BatchJob;
import io.autopulse.pipeline.run.RefreshRequest;
import io.autopulse.sink.publish.Publication;
import io.autopulse.sink.publish.market.MarketPublication;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.Staging;
import io.autopulse.source.warehouse.WarehouseSnapshot;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;

/**
 * The market data job: all that its feeds hold, merged into what is published.
 *
 * @param request what is asked for
 * @param feeds of the manifest, as they are read
 * @param startedAt when the run started
 */
public record MarketJob(RefreshRequest request, Map<Feed, FeedSpec> feeds, Instant startedAt)
    implements BatchJob {
  /** Keeps its own copy. */
  public MarketJob {
    feeds = Map.copyOf(feeds);
  }

  @Override
  public BusinessInterval requested() {
    return BusinessInterval.ALL;
  }

  @Override
  public BusinessInterval covered() {
    return BusinessInterval.ALL;
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public Set<StagedTable> tables() {
    return StagedTable.OF_MARKET;
  }

  @Override
  public List<WarehouseSnapshot.Query> readBack(Staging staging) {
    return List.of();
  }

  @Override
  public void build(Pipeline pipeline, Staging staging, Map<Feed, List<RawBlock>> replayed) {
    Manifest manifest = request.manifest();
    MarketData.build(
        pipeline,
        new MarketPlan(
            feeds,
            manifest.timezone(),
            manifest.currency().getCurrencyCode(),
            manifest.mappings(),
            staging,
            replayed,
            new DateHorizon(Clock.fixed(startedAt, ZoneOffset.UTC), manifest.maxAhead())));
  }

  @Override
  public Publication publication(String runId, String runner, String place) {
    Manifest manifest = request.manifest();
    return new MarketPublication(
        runId,
        manifest.job(),
        manifest.timezone(),
        manifest.audits(),
        startedAt,
        runner,
        request.version(),
        place,
        manifest.sources(),
        request.replay().isPresent());
  }
}
