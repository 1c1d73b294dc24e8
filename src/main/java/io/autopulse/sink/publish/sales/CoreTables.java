package io.autopulse.sink.publish.sales;

import io.autopulse.domain.feed.Feed;
import io.autopulse.sink.publish.ContentOrder;
import io.autopulse.sink.publish.MarketShare;
import io.autopulse.sink.publish.RejectedRows;
import io.autopulse.sink.staging.StagedRelations;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.StatementListener;
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

  private static final String VERSION_IS_NEW =
      """
      where not exists (
          select 1
          from {core}.sale_versions as known
          where
              %s
      )
      """
          .formatted(ContentOrder.sameKey("known", "versions"));

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
    long moved = replaceSales(request);
    addVersions();
    takeOverVersions();
    for (Feed feed : List.of(Feed.VEHICLES, Feed.DEALERS)) {
      if (request.referenceFeeds().contains(feed) && !request.readBack().contains(feed)) {
        mergeReference(feed);
      }
    }
    replaceKpis(request);
    MarketShare.ofCovered(session, listener, request.coversEverything());
    takeOverRecords();
    dropOutdonePanes();
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
    boolean known = holdsRows("sale_versions");
    if (known) {
      deleteLesserContents("{sale_versions}");
    }
    run(
        "insert new versions",
        "insert into {core}.sale_versions (%1$s, run_id) select %1$s, {run_id} from {sale_versions} as versions\n"
                .formatted(SALE_COLUMNS)
            + (known ? VERSION_IS_NEW : ""));
  }

  private void deleteLesserContents(String versions) throws SQLException {
    run(
        "delete lesser contents of " + versions.replaceAll("[{}]|core.", ""),
        """
        delete from {core}.sale_versions
        using %s as versions
        where
            %s
            and %s
        """
            .formatted(
                versions,
                ContentOrder.sameKey("versions", "sale_versions"),
                ContentOrder.greater("versions", "sale_versions")));
  }

  private void mergeReference(Feed feed) throws SQLException {
    String key = StagedRelations.key(feed);
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

  // Only what the core tables have by now is deleted: a row that a pipe appends in between stays.
  private void takeOverVersions() throws SQLException {
    if (!holdsRows("sale_versions_live")) {
      return;
    }
    deleteLesserContents("{core}.sale_versions_live");
    run(
        "take over versions of pipes",
        "insert into {core}.sale_versions (%1$s, run_id) select %1$s, run_id from {core}.sale_versions_all as versions\n"
                .formatted(SALE_COLUMNS)
            + VERSION_IS_NEW);
    run(
        "delete versions that were taken over",
        """
        delete from {core}.sale_versions_live
        using {core}.sale_versions as known
        where
            %s
            and not %s
        """
            .formatted(
                ContentOrder.sameKey("known", "sale_versions_live"),
                ContentOrder.greater("sale_versions_live", "known")));
  }

  private void takeOverRecords() throws SQLException {
    if (!holdsRows("rejected_records_live")) {
      return;
    }
    run(
        "take over rejected records of pipes",
        """
        insert into {core}.rejected_records (run_id, %1$s)
        select run_id, %1$s
        from {core}.rejected_records_all as records
        where not exists (
            select 1
            from {core}.rejected_records as known
            where
                known.run_id = records.run_id
                and known.feed = records.feed
                and known.origin = records.origin
        )
        """
            .formatted(RejectedRows.COLUMNS));
    run(
        "delete rejected records that were taken over",
        """
        delete from {core}.rejected_records_live
        using
            {core}.rejected_records as known,
            {core}.load_runs as runs,
            {core}.load_runs as runs_of_known
        where
            known.feed = rejected_records_live.feed
            and known.origin = rejected_records_live.origin
            and runs.run_id = rejected_records_live.run_id
            and runs_of_known.run_id = known.run_id
            and runs_of_known.job = runs.job
        """);
  }

  // Pipes append every pane. Nobody sees one whose cell has a higher revision, or whose window the
  // refresh has closed: sales_kpi_current says so.
  private void dropOutdonePanes() throws SQLException {
    if (!holdsRows("sales_kpi_live")) {
      return;
    }
    run(
        "delete outdone panes",
        """
        delete from {core}.sales_kpi_live
        using (
            select grain, window_start, dimension, member, max(revision) as revision
            from {core}.sales_kpi_live
            group by grain, window_start, dimension, member
        ) as newest
        where
            newest.grain = sales_kpi_live.grain
            and newest.window_start = sales_kpi_live.window_start
            and newest.dimension = sales_kpi_live.dimension
            and newest.member = sales_kpi_live.member
            and newest.revision > sales_kpi_live.revision
        """);
    run(
        "delete panes of closed windows",
        """
        delete from {core}.sales_kpi_live
        using (select distinct grain, window_start from {core}.sales_kpi where is_final) as closed
        where
            closed.grain = sales_kpi_live.grain
            and closed.window_start = sales_kpi_live.window_start
        """);
  }

  private boolean holdsRows(String table) throws SQLException {
    return session.any("select 1 from {core}." + SqlNames.identifier(table));
  }

  private long run(String step, String sql) throws SQLException {
    listener.before(step);
    return session.execute(sql);
  }
}
