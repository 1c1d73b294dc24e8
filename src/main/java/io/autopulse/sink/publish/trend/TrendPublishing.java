package io.autopulse.sink.publish.trend;

import io.autopulse.domain.trend.TrendFeatures;
import io.autopulse.sink.publish.Audit;
import io.autopulse.sink.publish.Publishing;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.StatementListener;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Publishes the trend features of whole weeks. */
final class TrendPublishing implements Publishing {
  private static final String COLUMNS = String.join(", ", TrendFeatures.COLUMNS);

  private final Session session;

  TrendPublishing(Session session) {
    this.session = session;
  }

  /** Returns the names of the staging relation and the covered weeks. */
  static Map<String, String> names(TrendPublication request) {
    return Map.of(
        "trend_features",
        request.names().relation("trend_features"),
        "from",
        SqlNames.literal(request.covered().from()),
        "to",
        SqlNames.literal(request.covered().to()),
        "last_week",
        SqlNames.literal(request.covered().to().minusWeeks(1)));
  }

  @Override
  public List<Audit> audits() {
    return TrendAudits.ALL;
  }

  @Override
  public long replace(StatementListener listener) throws SQLException {
    listener.before("delete covered trend features");
    session.execute(
        "delete from {core}.trend_features where week_start >= {from} and week_start <= {last_week}");
    listener.before("insert trend features");
    session.execute(
        "insert into {core}.trend_features (%1$s, run_id) select %1$s, {run_id} from {trend_features}"
            .formatted(COLUMNS));
    if (session.any("select 1 from {core}.trend_features_live")) {
      listener.before("delete live features of computed weeks");
      session.execute(
          """
          delete from {core}.trend_features_live
          using (select distinct week_start, dimension from {trend_features}) as computed
          where
              computed.week_start = trend_features_live.week_start
              and computed.dimension = trend_features_live.dimension
          """);
    }
    return 0;
  }

  /** Does nothing: the audits share no tables. */
  @Override
  public void close() {}
}
