package io.autopulse.sink.publish;

import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.StatementListener;
import java.sql.SQLException;
import java.util.Map;

/**
 * The market share of KPIs: units sold / vehicles that the whole market registered in the same
 * slice and period, half up in millionths. A dimension's registrations are those of the rows that
 * tell its attributes apart and as few others as possible, which are added up; where no row of the
 * KPI's grain and window does, or the slice has no registration, there is no share. Both jobs
 * restate it: registrations may come before the KPIs of their period or after.
 */
public final class MarketShare {
  private MarketShare() {}

  /** Restates the share of the KPIs that a refresh has just put in. */
  public static void ofCovered(Session session, StatementListener listener, boolean everything)
      throws SQLException {
    restate(
        session,
        listener,
        "kpis.grain in ({grains})"
            + (everything ? "" : " and kpis.window_start >= {from} and kpis.window_end <= {to}"));
  }

  /** Restates the share of the windows of staged registrations. */
  public static void ofStagedRegistrations(Session session, StatementListener listener)
      throws SQLException {
    restate(
        session,
        listener,
        """
        exists (
            select 1
            from {market_registrations} as staged
            where
                staged.period_grain = kpis.grain
                and cast(staged.period_start as timestamp) = kpis.window_start
        )""");
  }

  private static void restate(Session session, StatementListener listener, String restated)
      throws SQLException {
    if (session.hasRows("{core}.market_registrations")) {
      listener.before("restate market shares");
      session.execute(
          SqlFile.read(
              MarketShare.class, "publish/restate-market-shares", Map.of("restated", restated)));
    }
  }
}
