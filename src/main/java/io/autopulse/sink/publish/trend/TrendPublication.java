package io.autopulse.sink.publish.trend;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.sink.publish.Audit;
import io.autopulse.sink.publish.AuditLimits;
import io.autopulse.sink.publish.Publication;
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
import java.util.Optional;

/**
 * What a run of the weekly trends has staged and wants published: the trend features of the weeks
 * that it covers.
 *
 * @param runId the run, as in {@link StagingNames}
 * @param job the manifest's job
 * @param requested the business dates asked for
 * @param covered the business dates recomputed, whole weeks
 * @param limits how much may be wrong
 * @param startedAt when the run started
 * @param runner the runner's name
 * @param version Autopulse's version
 * @param staging where the staged files are, for the message of a failed audit
 */
public record TrendPublication(
    String runId,
    String job,
    BusinessInterval requested,
    BusinessInterval covered,
    AuditLimits limits,
    Instant startedAt,
    String runner,
    String version,
    String staging)
    implements Publication {
  /** Checks the run id. */
  public TrendPublication {
    RunId.check(runId);
  }

  /** Tells that sale versions are read from their core table. */
  @Override
  public boolean readsBack(String feed) {
    return true;
  }

  @Override
  public Optional<Replaced> replaces() {
    return Optional.of(new Replaced("trend_features", covered));
  }

  @Override
  public Map<String, String> relations() {
    return Map.of(
        "trend_features",
        names().relation("trend_features"),
        "from",
        SqlNames.literal(covered.from()),
        "to",
        SqlNames.literal(covered.to()),
        "last_week",
        SqlNames.literal(covered.to().minusWeeks(1)));
  }

  @Override
  public List<Audit> audits() {
    return TrendAudits.ALL;
  }

  @Override
  public long replace(Session session, StatementListener listener) throws SQLException {
    listener.before("delete covered trend features");
    session.execute(sql("delete-covered-features", Map.of()));
    listener.before("insert trend features");
    session.execute(
        sql("insert-features", Map.of("columns", CoreTable.TREND_FEATURES.columnsBut("run_id"))));
    if (session.hasRows("{core}.trend_features_live")) {
      listener.before("delete live features of computed weeks");
      session.execute(sql("delete-live-features", Map.of()));
    }
    return 0;
  }

  private static String sql(String name, Map<String, String> values) {
    return SqlFile.read(TrendPublication.class, "publish/" + name, values);
  }
}
