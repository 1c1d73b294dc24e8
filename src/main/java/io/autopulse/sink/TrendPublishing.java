package io.autopulse.sink;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Publishes the trend features of whole weeks. */
final class TrendPublishing implements Publishing {
  private static final String COLUMNS =
      "week_start, dimension, member, units, units_lag_1, units_lag_2, units_lag_4, units_lag_13, units_lag_52, "
          + "units_average_4, units_average_13, week_over_week, year_over_year, share_change, price_index, "
          + "fuel_price, fuel_price_change_4, attention, attention_change";

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
    return 0;
  }

  /** Does nothing: the audits share no tables. */
  @Override
  public void close() {}
}
