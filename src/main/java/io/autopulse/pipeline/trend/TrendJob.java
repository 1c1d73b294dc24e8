package io.autopulse.pipeline.trend;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.feed.Shards;
import io.autopulse.pipeline.manifest.JobSpec;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.TrendSpec;
import io.autopulse.pipeline.run.BatchJob;
import io.autopulse.pipeline.run.RunRequest;
import io.autopulse.sink.publish.Publication;
import io.autopulse.sink.publish.trend.TrendPublication;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.Staging;
import io.autopulse.source.warehouse.WarehouseSnapshot;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;

/**
 * The weekly trends of what the warehouse holds, over a range of business dates.
 *
 * @param request what is asked for
 * @param trends which features
 * @param requested the business dates asked for
 * @param startedAt when the run started
 */
public record TrendJob(
    RunRequest request, TrendSpec trends, BusinessInterval requested, Instant startedAt)
    implements BatchJob {
  /** Returns the job that a request asks for. It reads the warehouse alone. */
  public static TrendJob of(RunRequest request, JobSpec.Trends spec, Instant startedAt) {
    return new TrendJob(
        request, spec.trends(), request.requested(spec.lookback(), startedAt), startedAt);
  }

  @Override
  public BusinessInterval covered() {
    return requested.alignedOutward();
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public Set<StagedTable> tables() {
    return StagedTable.OF_TRENDS;
  }

  @Override
  public List<WarehouseSnapshot.Query> readBack(Staging staging) {
    return WeeklyTrends.readBack(staging);
  }

  @Override
  public void build(Pipeline pipeline, Staging staging, Map<Feed, List<RawBlock>> replayed) {
    Manifest manifest = request.manifest();
    WeeklyTrends.build(
        pipeline,
        new TrendPlan(
            manifest.timezone(),
            manifest.currency().getCurrencyCode(),
            trends.dimensions(),
            covered(),
            LocalDate.ofInstant(startedAt, manifest.timezone()),
            Shards.forFeedOf(bytes()),
            staging));
  }

  @Override
  public Publication publication(String runId, String runner, String place) {
    Manifest manifest = request.manifest();
    return new TrendPublication(
        runId,
        manifest.job(),
        requested,
        covered(),
        manifest.audits(),
        startedAt,
        runner,
        request.version(),
        place);
  }
}
