package io.autopulse.sink.publish.trend;

import io.autopulse.domain.trend.TrendFeatures;
import io.autopulse.sink.publish.Audit;
import io.autopulse.sink.publish.Publishing;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.StatementListener;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Publishes the trend features of whole weeks. */
final class TrendPublishing implements Publishing {
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
    session.execute(sql("delete-covered-features", Map.of()));
    listener.before("insert trend features");
    session.execute(
        sql("insert-features", Map.of("columns", String.join(", ", TrendFeatures.COLUMNS))));
    if (session.any("select 1 from {core}.trend_features_live")) {
      listener.before("delete live features of computed weeks");
      session.execute(sql("delete-live-features", Map.of()));
    }
    return 0;
  }

  private static String sql(String name, Map<String, String> values) {
    return SqlFile.read(TrendPublishing.class, "publish/" + name, values);
  }

  /** Does nothing: the audits share no tables. */
  @Override
  public void close() {}
}
