package io.autopulse.warehouse.serving;

import io.autopulse.warehouse.SqlFile;
import java.util.List;
import java.util.Optional;

/**
 * A table of a serving copy.
 *
 * @param name the table or view of the core schema whose rows it has, or else its own
 * @param order what its rows are sorted by, so that a query for a few of them reads a few blocks
 * @param query the statement that gives its rows; empty for those of the relation
 */
record ServedTable(String name, String order, Optional<String> query) {
  /** What the dashboard and the reports that it shows read. */
  static final List<ServedTable> ALL =
      List.of(
          new ServedTable("sales", "sold_on, sale_id"),
          new ServedTable("sales_replaced", "sold_on, sale_id", Optional.of("sales-replaced")),
          new ServedTable("sales_kpi_current", "dimension, grain, window_start, member"),
          new ServedTable("sales_targets", "month, dealer_id, make, model"),
          new ServedTable("dealers", "dealer_id"),
          new ServedTable("vehicles", "model_id"),
          new ServedTable(
              "market_vintages",
              "period_grain, period_start, region, make, model, powertrain, known_on",
              Optional.of("market-vintages")),
          new ServedTable("fuel_prices_current", "fuel, region, day"),
          new ServedTable("market_attention_current", "topic, source, day"),
          new ServedTable("trend_features", "dimension, week_start, member"),
          new ServedTable("trend_movers", "dimension, weeks, member"),
          new ServedTable("forecasts", "grain, as_of, vintage, dimension, member, period_start"),
          new ServedTable("forecasts_current", "grain, dimension, member, method, period_start"),
          new ServedTable("forecast_vintages", "grain, as_of, vintage"),
          new ServedTable("forecast_accuracy_current", "grain, dimension, member, method, horizon"),
          new ServedTable(
              "accuracy_vintages",
              "grain, as_of, vintage, dimension, member, method",
              Optional.of("accuracy-vintages")),
          new ServedTable("forecast_value_added", "grain, dimension, step"),
          new ServedTable("load_runs", "started_at, run_id"),
          new ServedTable("load_run_feeds", "run_id, feed"),
          new ServedTable("load_run_audits", "run_id, audit"),
          new ServedTable("rejected_records_all", "run_id, feed, code, origin"));

  /**
   * Relations of the core schema that a copy can show as they were known on an earlier day, each
   * after those that it reads.
   */
  static final List<String> KNOWN =
      List.of(
          "sales",
          "sales_replaced",
          "sales_counted",
          "sales_kpi_current",
          "market_registrations_current",
          "forecast_vintages",
          "forecasts",
          "forecasts_current",
          "forecast_accuracy_current");

  /** Makes the table of a relation of the core schema. */
  ServedTable(String name, String order) {
    this(name, order, Optional.empty());
  }

  /** Returns the name of a table in a copy's file that is open. */
  static String copied(String table) {
    return ServingCopy.FILE + ".main." + table;
  }

  /** Returns the query that gives its rows. */
  String rows() {
    return query
        .map(resource -> "(" + SqlFile.read(ServedTable.class, "duckdb/" + resource) + ")")
        .orElse("{core}." + name);
  }
}
