package io.autopulse.pipeline.market;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.value.DateHorizon;
import io.autopulse.domain.market.MarketNames;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.feed.SourceCheck;
import io.autopulse.pipeline.feed.Undivided;
import io.autopulse.pipeline.manifest.FeedSpec;
import io.autopulse.pipeline.manifest.JobSpec;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.run.BatchJob;
import io.autopulse.pipeline.run.RunRequest;
import io.autopulse.sink.publish.Publication;
import io.autopulse.sink.publish.market.MarketPublication;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.Staging;
import io.autopulse.source.warehouse.WarehouseSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;

/**
 * The market data job: all that its feeds hold, merged into what is published.
 *
 * @param request what is asked for
 * @param feeds of the manifest, as they are read
 * @param mappings how names are mapped to our members
 * @param bytes how many bytes the feeds hold together; 0 if the size of one is unknown
 * @param startedAt when the run started
 */
public record MarketJob(
    RunRequest request,
    Map<Feed, FeedSpec> feeds,
    MarketNames mappings,
    long bytes,
    Instant startedAt)
    implements BatchJob {
  /** Keeps its own copy. */
  public MarketJob {
    feeds = Map.copyOf(feeds);
  }

  /**
   * Returns the job that a request asks for, once its sources are looked at.
   *
   * @throws InputException if a source is wrong, or the request has a range of dates
   */
  public static MarketJob of(RunRequest request, JobSpec.Market market, Instant startedAt) {
    if (request.interval().isPresent()) {
      throw new InputException(
          "--from and --to",
          "a job of market data has no range of dates: it reads all that its feeds hold",
          "Leave them out");
    }
    Map<Feed, SourceCheck.Found> found = SourceCheck.check(request.manifest());
    return new MarketJob(
        request,
        Undivided.ofAll(request.manifest(), found),
        market.mappings(),
        bytes(found),
        startedAt);
  }

  private static long bytes(Map<Feed, SourceCheck.Found> found) {
    boolean known = found.values().stream().allMatch(source -> source.bytes() > 0);
    return known ? found.values().stream().mapToLong(SourceCheck.Found::bytes).sum() : 0;
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
            mappings,
            staging,
            replayed,
            DateHorizon.asOf(startedAt, manifest.maxAhead())));
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
