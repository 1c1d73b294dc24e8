package io.autopulse.sink.publish.sales;

import io.autopulse.domain.feed.Feed;
import io.autopulse.sink.publish.ContentOrder;
import io.autopulse.sink.publish.MarketShare;
import io.autopulse.sink.staging.StagedRelations;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.StatementListener;
import io.autopulse.warehouse.table.CoreTable;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * The statements that put a run's staging into the core tables, within the caller's transaction.
 * Work that cannot change anything is left out: nothing is deleted from, or compared with, an empty
 * table.
 */
final class CoreTables {
  private final Session session;
  private final StatementListener listener;

  CoreTables(Session session, StatementListener listener) {
    this.session = session;
    this.listener = listener;
  }

  /**
   * Replaces what the request covers; returns how many sales came from days that it does not cover.
   */
  long replace(SalesPublication request) throws SQLException {
    long moved = replaceSales(request);
    addVersions();
    takeOverVersions();
    for (Feed feed : List.of(Feed.VEHICLES, Feed.DEALERS)) {
      if (request.referenceFeeds().contains(feed) && !request.readBack().contains(feed)) {
        mergeReference(feed);
        if (feed == Feed.VEHICLES) {
          run(
              "add vehicle history",
              "add-vehicle-history",
              columns(CoreTable.VEHICLES_HISTORY, "known_at", "run_id"));
        }
      }
    }
    if (request.hasTargets()) {
      replaceTargets();
    }
    replaceKpis(request);
    MarketShare.ofCovered(session, listener, request.coversEverything());
    takeOverRecords();
    dropStalePanes();
    return moved;
  }

  private long replaceSales(SalesPublication request) throws SQLException {
    long moved = 0;
    if (holdsRows("sales")) {
      run(
          "delete covered sales",
          request.coversEverything() ? "delete-all-sales" : "delete-covered-sales");
      // Almost always the audits' hashes show, without another scan of staging, that none moved.
      if (session.any(sql("suspect-moved-sales", Map.of()))) {
        moved = run("delete moved sales", "delete-moved-sales");
      }
    }
    run("insert current sales", "insert-current-sales", columns(CoreTable.SALES, "run_id"));
    return moved;
  }

  private void addVersions() throws SQLException {
    Map<String, String> versionColumns = columns(CoreTable.SALE_VERSIONS, "run_id");
    if (holdsRows("sale_versions")) {
      deleteLesserContents("sale_versions", "{sale_versions}");
      run("insert new versions", "insert-new-versions", versionColumns);
    } else {
      run("insert new versions", "insert-first-versions", versionColumns);
    }
  }

  private void deleteLesserContents(String name, String versions) throws SQLException {
    run(
        "delete lesser contents of " + name,
        "delete-lesser-contents",
        Map.of(
            "versions",
            versions,
            "content_is_greater",
            ContentOrder.greater("versions", "sale_versions")));
  }

  private void mergeReference(Feed feed) throws SQLException {
    String table = feed.toString();
    String staged = "{" + feed + "}";
    run(
        "delete staged " + feed,
        "delete-staged-references",
        Map.of("feed", table, "staged", staged, "key", StagedRelations.key(feed)));
    run(
        "insert " + feed,
        "insert-references",
        Map.of(
            "feed",
            table,
            "staged",
            staged,
            "columns",
            (feed == Feed.VEHICLES ? CoreTable.VEHICLES : CoreTable.DEALERS).columnsBut("run_id")));
  }

  private void replaceTargets() throws SQLException {
    run("delete targets of staged months", "delete-targets");
    run("insert targets", "insert-targets", columns(CoreTable.SALES_TARGETS, "run_id"));
  }

  private void replaceKpis(SalesPublication request) throws SQLException {
    if (holdsRows("sales_kpi")) {
      run(
          "delete covered KPIs",
          request.coversEverything() ? "delete-all-kpis" : "delete-covered-kpis");
    }
    run("insert KPIs", "insert-kpis", columns(CoreTable.SALES_KPI, "computed_at", "run_id"));
  }

  // Only what the core tables have by now is deleted: a row that a pipe appends in between stays.
  private void takeOverVersions() throws SQLException {
    if (!holdsRows("sale_versions_live")) {
      return;
    }
    deleteLesserContents("sale_versions_live", "{core}.sale_versions_live");
    run("take over versions of pipes", "take-over-versions", columns(CoreTable.SALE_VERSIONS));
    run(
        "delete versions that were taken over",
        "delete-taken-versions",
        Map.of("content_is_greater", ContentOrder.greater("sale_versions_live", "known")));
  }

  private void takeOverRecords() throws SQLException {
    if (holdsRows("rejected_records_live")) {
      run(
          "take over rejected records of pipes",
          "take-over-rejected-records",
          columns(CoreTable.REJECTED_RECORDS));
      run("delete rejected records that were taken over", "delete-taken-rejected-records");
    }
  }

  private void dropStalePanes() throws SQLException {
    if (holdsRows("sales_kpi_live")) {
      run("delete outdone panes", "delete-stale-panes");
      run("delete panes of closed windows", "delete-panes-of-closed-windows");
    }
  }

  /** Returns the columns of a table for its insert, without those that the statement sets. */
  private static Map<String, String> columns(CoreTable table, String... set) {
    return Map.of("columns", table.columnsBut(set));
  }

  private boolean holdsRows(String table) throws SQLException {
    return session.hasRows("{core}." + SqlNames.identifier(table));
  }

  private long run(String step, String file) throws SQLException {
    return run(step, file, Map.of());
  }

  private long run(String step, String file, Map<String, String> values) throws SQLException {
    listener.before(step);
    return session.execute(sql(file, values));
  }

  private static String sql(String file, Map<String, String> values) {
    return SqlFile.read(CoreTables.class, "publish/" + file, values);
  }
}
