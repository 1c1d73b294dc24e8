package io.autopulse.warehouse.serving;

import java.util.List;

/**
 * A relation of the core schema that a serving copy has, under the same name.
 *
 * @param name the table or view
 * @param order what its rows are sorted by, so that a query for a few of them reads a few blocks
 */
record ServedTable(String name, String order) {
  /** What the dashboard and the reports that it shows read. */
  static final List<ServedTable> ALL =
      List.of(
          new ServedTable("sales", "sold_on, sale_id"),
          new ServedTable("sales_kpi_current", "dimension, grain, window_start, member"),
          new ServedTable("sales_targets", "month, dealer_id, make, model"),
          new ServedTable("dealers", "dealer_id"),
          new ServedTable(
              "market_registrations_current",
              "period_grain, period_start, region, make, model, powertrain"),
          new ServedTable("fuel_prices_current", "fuel, region, day"),
          new ServedTable("market_attention_current", "topic, source, day"),
          new ServedTable("trend_features", "dimension, week_start, member"),
          new ServedTable("trend_movers", "dimension, weeks, member"),
          new ServedTable("forecasts", "grain, as_of, vintage, dimension, member, period_start"),
          new ServedTable("forecasts_current", "grain, dimension, member, method, period_start"),
          new ServedTable("forecast_vintages", "grain, as_of, vintage"),
          new ServedTable("forecast_accuracy_current", "grain, dimension, member, method, horizon"),
          new ServedTable("forecast_value_added", "grain, dimension, step"),
          new ServedTable("load_runs", "started_at, run_id"),
          new ServedTable("load_run_feeds", "run_id, feed"),
          new ServedTable("load_run_audits", "run_id, audit"),
          new ServedTable("rejected_records_all", "run_id, feed, code, origin"));

  /** Returns the query that gives its rows. */
  String rows() {
    return "{core}." + name;
  }

  /** Returns its file within a copy. */
  String file() {
    return name + ".parquet";
  }
}
