package io.autopulse.pipeline.forecast;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.forecast.ledger.AsOf;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.manifest.JobSpec;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.run.BatchJob;
import io.autopulse.pipeline.run.RunRequest;
import io.autopulse.sink.publish.Publication;
import io.autopulse.sink.publish.forecast.ForecastPublication;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.Staging;
import io.autopulse.source.warehouse.WarehouseSnapshot;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;

/**
 * The forecast of the periods that follow an as-of date, from what the warehouse knew then.
 *
 * @param request what is asked for
 * @param forecast what the manifest says of it
 * @param asOf what is known
 * @param startedAt when the run started
 */
public record ForecastJob(
    RunRequest request, JobSpec.Forecast forecast, AsOf asOf, Instant startedAt)
    implements BatchJob {
  /**
   * Returns the job that a request asks for. It reads the warehouse alone. Without an as-of date it
   * is the last date that is over.
   *
   * @throws InputException if the as-of date is not over yet, or the request has a range of dates
   */
  public static ForecastJob of(RunRequest request, JobSpec.Forecast spec, Instant startedAt) {
    if (request.interval().isPresent()) {
      throw new InputException(
          "--from and --to",
          "a forecast has no range of dates: it follows what was known on its as-of date",
          "Give --as-of D to autopulse forecast, or --set forecast.as_of=D");
    }
    LocalDate yesterday =
        LocalDate.ofInstant(startedAt, request.manifest().timezone()).minusDays(1);
    LocalDate day = spec.asOf().orElse(yesterday);
    if (day.isAfter(yesterday)) {
      throw new InputException(
          request.manifest().places().of("forecast.as_of"),
          day + " is not over yet: what is known of it may still change",
          "The last date that is over is " + yesterday);
    }
    return new ForecastJob(request, spec, new AsOf(day, spec.grain()), startedAt);
  }

  /** Returns the business dates of the history: complete periods. */
  @Override
  public BusinessInterval requested() {
    LocalDate end = asOf.firstForecast();
    LocalDate from = forecast.history().until(end.minusDays(1)).from();
    return new BusinessInterval(asOf.periodOf(from), end);
  }

  /** Returns the business dates that are forecast. */
  @Override
  public BusinessInterval covered() {
    LocalDate first = asOf.firstForecast();
    return new BusinessInterval(first, asOf.step().plus(first, forecast.horizon()));
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public Set<StagedTable> tables() {
    return StagedTable.OF_FORECAST;
  }

  @Override
  public List<WarehouseSnapshot.Query> readBack(Staging staging) {
    ForecastQueries queries = queries();
    return Stream.of(
            Map.entry(WeeklyForecast.UNITS, queries.units()),
            Map.entry(WeeklyForecast.CELLS, queries.cells()),
            Map.entry(WeeklyForecast.VEHICLES, queries.vehicles()),
            Map.entry(WeeklyForecast.PAST, queries.pastForecasts()))
        .map(q -> new WarehouseSnapshot.Query(staging.readBack(q.getKey()), q.getValue()))
        .toList();
  }

  private ForecastQueries queries() {
    return new ForecastQueries(
        forecast.dimensions(), asOf, requested(), request.manifest().timezone());
  }

  @Override
  public void build(Pipeline pipeline, Staging staging, Map<Feed, List<RawBlock>> replayed) {
    WeeklyForecast.build(
        pipeline, new ForecastPlan(forecast, asOf, queries().attributes(), staging));
  }

  @Override
  public Publication publication(String runId, String runner, String place) {
    Manifest manifest = request.manifest();
    return new ForecastPublication(
        runId,
        manifest.job(),
        requested(),
        asOf,
        forecast.horizon(),
        manifest.audits(),
        startedAt,
        runner,
        request.version(),
        place);
  }
}
