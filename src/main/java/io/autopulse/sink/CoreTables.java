package io.autopulse.sink;

import io.autopulse.domain.sale.Feed;
import java.sql.SQLException;
import java.util.List;

/**
 * The statements that put a run's staging into the core tables, within the caller's transaction.
 * Work that cannot change anything is left out: nothing is deleted from, or compared with, an empty
 * table.
 */
final class CoreTables {
  private static final String SALE_COLUMNS =
      "sale_id, updated_at, sequence, status, sold_at, sold_on, model_id, make, model, segment, powertrain, "
          + "dealer_id, region, list_price, net_price, currency, channel, source";

  private static final String KPI_COLUMNS =
      "grain, window_start, window_end, dimension, member, units_sold, units_cancelled, units_returned, revenue, "
          + "average_price, median_price, p10_price, p90_price, average_discount, sales_mix, market_share, "
          + "revision, is_final";

  private static final String TREND_COLUMNS =
      "week_start, dimension, member, units, units_lag_1, units_lag_2, units_lag_4, units_lag_13, units_lag_52, "
          + "units_average_4, units_average_13, week_over_week, year_over_year, share_change, price_index, "
          + "fuel_price, fuel_price_change_4, attention, attention_change";

  private static final String VERSION_IS_NEW =
      """
      where not exists (
          select 1
          from {core}.sale_versions as known
          where
              known.sale_id = versions.sale_id
              and known.updated_at = versions.updated_at
              and known.sequence = versions.sequence
      )
      """;

  private final Session session;
  private final StatementListener listener;

  CoreTables(Session session, StatementListener listener) {
    this.session = session;
    this.listener = listener;
  }

  /**
   * Replaces what the request covers; returns how many sales came from days that it does not cover.
   */
  long replace(PublishRequest request) throws SQLException {
    if (request.publication() == PublishRequest.Publication.TRENDS) {
      replaceTrends();
      replaceRecords();
      return 0;
    }
    long moved = replaceSales(request);
    addVersions();
    for (Feed feed : List.of(Feed.VEHICLES, Feed.DEALERS)) {
      if (request.referenceFeeds().contains(feed) && !request.readBack().contains(feed)) {
        mergeReference(feed);
      }
    }
    replaceKpis(request);
    replaceRecords();
    return moved;
  }

  private long replaceSales(PublishRequest request) throws SQLException {
    long moved = 0;
    if (holdsRows("sales")) {
      run(
          "delete covered sales",
          request.coversEverything()
              ? "delete from {core}.sales"
              : "delete from {core}.sales where sold_on >= {from} and sold_on < {to}");
      moved = deleteMovedSales();
    }
    run(
        "insert current sales",
        "insert into {core}.sales (%1$s, run_id) select %1$s, {run_id} from {sale_versions} where fate = 'CURRENT'"
            .formatted(SALE_COLUMNS));
    return moved;
  }

  // The hashes of the audits tell without another scan of staging that, as almost always, there is
  // nothing to do.
  private long deleteMovedSales() throws SQLException {
    boolean suspects =
        session.any(
            """
            select 1
            from {core}.sales
            where hash(sale_id) in (
                select sale_key from {audited_versions} where fate = 'CURRENT'
            )
            """);
    return suspects
        ? run(
            "delete moved sales",
            """
            delete from {core}.sales
            where sale_id in (select sale_id from {sale_versions} where fate = 'CURRENT')
            """)
        : 0;
  }

  private void addVersions() throws SQLException {
    run(
        "insert new versions",
        "insert into {core}.sale_versions (%1$s, run_id) select %1$s, {run_id} from {sale_versions} as versions\n"
                .formatted(SALE_COLUMNS)
            + (holdsRows("sale_versions") ? VERSION_IS_NEW : ""));
  }

  private void mergeReference(Feed feed) throws SQLException {
    String key = Audits.key(feed);
    String columns =
        feed == Feed.VEHICLES
            ? "model_id, make, model, segment, powertrain, list_price"
            : "dealer_id, dealer_name, region";
    run(
        "delete staged " + feed,
        "delete from {core}.%1$s where %2$s in (select staged.%2$s from {%1$s} as staged)"
            .formatted(feed, key));
    run(
        "insert " + feed,
        "insert into {core}.%1$s (%2$s, run_id) select %2$s, {run_id} from {%1$s}"
            .formatted(feed, columns));
  }

  private void replaceKpis(PublishRequest request) throws SQLException {
    if (holdsRows("sales_kpi")) {
      String covered =
          request.coversEverything() ? "" : " and window_start >= {from} and window_end <= {to}";
      run(
          "delete covered KPIs",
          "delete from {core}.sales_kpi where grain in ({grains})" + covered);
    }
    run(
        "insert KPIs",
        """
        insert into {core}.sales_kpi (%1$s, computed_at, run_id)
        select %1$s, {now}, {run_id} from {sales_kpi}
        """
            .formatted(KPI_COLUMNS));
  }

  private void replaceTrends() throws SQLException {
    run(
        "delete covered trend features",
        "delete from {core}.trend_features where week_start >= {from} and week_start <= {last_week}");
    run(
        "insert trend features",
        "insert into {core}.trend_features (%1$s, run_id) select %1$s, {run_id} from {trend_features}"
            .formatted(TREND_COLUMNS));
  }

  private void replaceRecords() throws SQLException {
    String columns = "feed, origin, code, step, field, message, raw, format, header";
    run(
        "delete the run's rejected records",
        "delete from {core}.rejected_records where run_id = {run_id}");
    run(
        "insert rejected records",
        "insert into {core}.rejected_records (run_id, %1$s) select {run_id}, %1$s from {rejected_records}"
            .formatted(columns));
  }

  private boolean holdsRows(String table) throws SQLException {
    return session.any("select 1 from {core}." + SqlNames.identifier(table));
  }

  private long run(String step, String sql) throws SQLException {
    listener.before(step);
    return session.execute(sql);
  }
}
