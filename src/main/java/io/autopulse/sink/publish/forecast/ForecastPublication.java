package io.autopulse.sink.publish.forecast;

import io.autopulse.domain.forecast.ledger.AsOf;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.sink.publish.Audit;
import io.autopulse.sink.publish.AuditLimits;
import io.autopulse.sink.publish.Publication;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.StagingNames;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.StatementListener;
import io.autopulse.warehouse.runs.RunId;
import io.autopulse.warehouse.table.CoreTable;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a run of the forecast has staged and wants added to the ledger: the forecasts of one as-of
 * date, and how well earlier ones did. Numbers that are those of the latest vintage add nothing;
 * nothing that is in the ledger is changed.
 *
 * @param runId the run, as in {@link StagingNames}
 * @param job the manifest's job
 * @param requested the business dates of the history
 * @param asOf what is known
 * @param horizon how many periods are forecast
 * @param limits how much may be wrong
 * @param startedAt when the run started
 * @param runner the runner's name
 * @param version Autopulse's version
 * @param staging where the staged files are, for the message of a failed audit
 */
public record ForecastPublication(
    String runId,
    String job,
    BusinessInterval requested,
    AsOf asOf,
    int horizon,
    AuditLimits limits,
    Instant startedAt,
    String runner,
    String version,
    String staging)
    implements Publication {
  /** Checks the run id. */
  public ForecastPublication {
    RunId.check(runId);
  }

  @Override
  public Map<String, String> relations() {
    return Map.of(
        "forecasts", names().relation(StagedTable.FORECASTS.toString()),
        "forecast_accuracy", names().relation(StagedTable.FORECAST_ACCURACY.toString()),
        "grain", SqlNames.literal(asOf.step().toString()),
        "as_of", SqlNames.literal(asOf.day()),
        "first_period", SqlNames.literal(asOf.firstForecast()),
        "horizon", String.valueOf(horizon));
  }

  @Override
  public List<Audit> audits() {
    return ForecastAudits.ALL;
  }

  @Override
  public long replace(Session session, StatementListener listener) throws SQLException {
    long forecasts = newVintage(session, CoreTable.FORECASTS);
    if (forecasts > 0) {
      listener.before("add forecasts");
      session.execute(sql("add-forecasts", CoreTable.FORECASTS, forecasts));
      session.execute(
          SqlFile.read(
              ForecastPublication.class,
              "publish/add-vintage",
              Map.of("vintage", String.valueOf(forecasts))));
    }
    long accuracy = newVintage(session, CoreTable.FORECAST_ACCURACY);
    if (accuracy > 0) {
      listener.before("add accuracy");
      session.execute(sql("add-accuracy", CoreTable.FORECAST_ACCURACY, accuracy));
    }
    return 0;
  }

  /** Returns the number of the vintage that the staged rows become; 0 if they are the latest. */
  private static long newVintage(Session session, CoreTable table) throws SQLException {
    long latest =
        session.number(
            SqlFile.read(
                ForecastPublication.class,
                "publish/latest-vintage",
                Map.of("table", table.toString())));
    long differences =
        session.number(
            SqlFile.read(
                ForecastPublication.class,
                "publish/differences",
                Map.of(
                    "table", table.toString(),
                    "staged_rows", "{" + table + "}",
                    "columns", String.join(", ", table.given()),
                    "latest", String.valueOf(latest))));
    return differences == 0 ? 0 : latest + 1;
  }

  private static String sql(String name, CoreTable table, long vintage) {
    return SqlFile.read(
        ForecastPublication.class,
        "publish/" + name,
        Map.of("columns", String.join(", ", table.given()), "vintage", String.valueOf(vintage)));
  }
}
