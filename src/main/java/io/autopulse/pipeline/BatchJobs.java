package io.autopulse.pipeline;

import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.forecast.ForecastJob;
import io.autopulse.pipeline.manifest.JobSpec;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.market.MarketJob;
import io.autopulse.pipeline.run.BatchJob;
import io.autopulse.pipeline.run.RunRequest;
import io.autopulse.pipeline.sales.RefreshJob;
import io.autopulse.pipeline.trend.TrendJob;
import java.time.Instant;

/** Makes the job that a request asks for, by its kind. */
public final class BatchJobs {
  private BatchJobs() {}

  /**
   * Returns the job, once its sources are looked at. A live job can be run once over what its
   * sources hold now, for a backfill or a replay.
   *
   * @throws InputException if the request is not one of this kind of job, or a source is wrong
   */
  public static BatchJob of(RunRequest request, Instant startedAt) {
    Manifest manifest = request.manifest();
    return switch (manifest.kind()) {
      case REFRESH -> RefreshJob.of(request, manifest.spec(JobSpec.Refresh.class), startedAt);
      case MARKET -> MarketJob.of(request, manifest.spec(JobSpec.Market.class), startedAt);
      case TRENDS -> TrendJob.of(request, manifest.spec(JobSpec.Trends.class), startedAt);
      case FORECAST -> ForecastJob.of(request, manifest.spec(JobSpec.Forecast.class), startedAt);
      case LIVE_SALES ->
          RefreshJob.of(request, manifest.spec(JobSpec.LiveSales.class).refresh(), startedAt);
      case LIVE_MARKET ->
          MarketJob.of(request, manifest.spec(JobSpec.LiveMarket.class).market(), startedAt);
    };
  }
}
