package io.autopulse.pipeline.sales;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.value.DateHorizon;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.feed.FeedSources;
import io.autopulse.pipeline.feed.Shards;
import io.autopulse.pipeline.feed.SourceCheck;
import io.autopulse.pipeline.feed.Undivided;
import io.autopulse.pipeline.manifest.FeedSpec;
import io.autopulse.pipeline.manifest.JobSpec;
import io.autopulse.pipeline.manifest.KpiSpec;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.WarehouseSource;
import io.autopulse.pipeline.run.BatchJob;
import io.autopulse.pipeline.run.RunRequest;
import io.autopulse.sink.publish.Publication;
import io.autopulse.sink.publish.sales.SalesPublication;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.Staging;
import io.autopulse.source.warehouse.WarehouseSnapshot;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;

/**
 * The refresh of sales and their KPIs, over a range of business dates.
 *
 * @param request what is asked for
 * @param kpis which KPIs are computed
 * @param requested the business dates asked for
 * @param bytes how many bytes of sales are read, beside which the reference data is small; 0 if
 *     unknown
 * @param startedAt when the run started
 * @param feeds of the manifest, as they are read
 */
public record RefreshJob(
    RunRequest request,
    KpiSpec kpis,
    BusinessInterval requested,
    long bytes,
    Instant startedAt,
    Map<Feed, FeedSpec> feeds)
    implements BatchJob {
  /** Keeps its own copy. */
  public RefreshJob {
    feeds = Map.copyOf(feeds);
  }

  /**
   * Returns the refresh that a request asks for, once its sources are looked at.
   *
   * @throws InputException if a source is wrong, or the manifest has trends, which are of a live
   *     job
   */
  public static RefreshJob of(RunRequest request, JobSpec.Refresh refresh, Instant startedAt) {
    Manifest manifest = request.manifest();
    if (manifest.trends().isPresent()) {
      throw new InputException(
          manifest.places().of("trends"),
          "is of a live job; a job that ends computes them of what the warehouse holds",
          "Use a manifest without live and trends");
    }
    Map<Feed, SourceCheck.Found> found = SourceCheck.check(manifest);
    SourceCheck.Found sales = found.get(Feed.SALES);
    return new RefreshJob(
        request,
        refresh.kpis(),
        request.requested(refresh.lookback(), startedAt),
        sales == null ? 0 : sales.bytes(),
        startedAt,
        Undivided.ofAll(manifest, found));
  }

  @Override
  public BusinessInterval covered() {
    return requested.alignedOutward();
  }

  @Override
  public Set<StagedTable> tables() {
    return hasTargets() ? StagedTable.OF_REFRESH_WITH_TARGETS : StagedTable.OF_REFRESH;
  }

  @Override
  public List<WarehouseSnapshot.Query> readBack(Staging staging) {
    return FeedSources.readBack(request.manifest().feeds().values(), staging);
  }

  @Override
  public void build(Pipeline pipeline, Staging staging, Map<Feed, List<RawBlock>> replayed) {
    Manifest manifest = request.manifest();
    DailyRefresh.build(
        pipeline,
        new RefreshPlan(
            feeds,
            manifest.timezone(),
            manifest.currency().getCurrencyCode(),
            Set.copyOf(kpis.grains()),
            kpis.dimensions(),
            covered(),
            LocalDate.ofInstant(startedAt, manifest.timezone()),
            Shards.forFeedOf(bytes),
            staging,
            replayed,
            DateHorizon.asOf(startedAt, manifest.maxAhead())));
  }

  @Override
  public Publication publication(String runId, String runner, String place) {
    Manifest manifest = request.manifest();
    return new SalesPublication(
        runId,
        manifest.job(),
        requested,
        covered(),
        Set.copyOf(kpis.grains()),
        referenceFeeds(),
        readBackFeeds(),
        manifest.audits(),
        startedAt,
        runner,
        request.version(),
        place,
        manifest.sources(),
        request.replay().isPresent(),
        hasTargets());
  }

  private boolean hasTargets() {
    return feeds.containsKey(Feed.TARGETS);
  }

  private Set<Feed> referenceFeeds() {
    EnumSet<Feed> reference = EnumSet.noneOf(Feed.class);
    reference.addAll(feeds.keySet());
    reference.removeAll(Set.of(Feed.SALES, Feed.TARGETS));
    return reference;
  }

  private Set<Feed> readBackFeeds() {
    return request.manifest().feeds().values().stream()
        .filter(feed -> feed.source() instanceof WarehouseSource)
        .map(FeedSpec::feed)
        .collect(Collectors.toSet());
  }
}
