package io.autopulse.warehouse.serving;

import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * How a copy shows a reader his part of it. A relation of which nothing is said here shows him no
 * row; one is shown whole only if nothing in it is of somebody's sales.
 */
final class Part {
  /** The schema of the tables that say whose sales are shown. */
  static final String SCHEMA = "scope";

  /** The statement that shows a relation whole. */
  static final String WHOLE = "show-table";

  /** Where the statements are that show relations as they were known on an earlier day. */
  static final String KNOWN = "known/";

  private static final Map<String, String> STATEMENTS =
      Map.ofEntries(
          Map.entry("sales", "scope/sales"),
          Map.entry("sales_replaced", "scope/sales"),
          Map.entry("dealers", "scope/dealers"),
          Map.entry("sales_targets", "scope/dealers"),
          Map.entry("sales_kpi_current", "scope/kpis"),
          Map.entry("market_vintages", WHOLE),
          Map.entry("fuel_prices_current", WHOLE),
          Map.entry("market_attention_current", WHOLE),
          Map.entry("trend_features", "scope/trends"),
          Map.entry("trend_movers", "scope/movers"),
          Map.entry("forecasts", "scope/cells"),
          Map.entry("forecasts_current", "scope/cells"),
          Map.entry("forecast_vintages", WHOLE),
          Map.entry("forecast_accuracy_current", "scope/cells"),
          Map.entry("accuracy_vintages", "scope/cells"),
          Map.entry("load_runs", "scope/runs"),
          Map.entry("load_run_audits", "scope/audits"));

  private Part() {}

  /** Returns the statement that shows a relation. */
  static String statement(String table) {
    return STATEMENTS.getOrDefault(table, "scope/nothing");
  }

  /**
   * Returns the statement that shows a relation as it was known on an earlier day: it reads what
   * his files show. KPIs are counted from his sales, which are all of a member's for some members
   * only.
   */
  static String known(String relation) {
    return relation.equals("sales_kpi_current") ? "scope/kpis-known" : KNOWN + relation;
  }

  /**
   * Says whose sales are shown, before any relation is.
   *
   * @param session of the copy's database, which names the schema
   */
  static void enter(Session session, Scope scope) throws SQLException {
    session.execute("create schema {scope}");
    session.execute(sql("make-members", Map.of()));
    String add = sql("add-member", Map.of());
    for (String region : scope.regions()) {
      session.execute(add, List.of("region", region));
    }
    for (String dealer : scope.dealers()) {
      session.execute(add, List.of("dealer", dealer));
    }
    session.execute(sql("make-dealers", rows("dealers")));
    session.execute(sql("make-cells", rows("sales")));
  }

  private static Map<String, String> rows(String table) {
    return Map.of("rows", ServedTable.copied(table));
  }

  private static String sql(String name, Map<String, String> values) {
    return SqlFile.read(Part.class, "duckdb/scope/" + name, values);
  }
}
