package io.autopulse.warehouse.table;

import static io.autopulse.warehouse.table.SqlType.AMOUNT;
import static io.autopulse.warehouse.table.SqlType.BOOLEAN;
import static io.autopulse.warehouse.table.SqlType.DATE;
import static io.autopulse.warehouse.table.SqlType.INTEGER;
import static io.autopulse.warehouse.table.SqlType.MEASURE;
import static io.autopulse.warehouse.table.SqlType.SECONDS;
import static io.autopulse.warehouse.table.SqlType.SHARE;
import static io.autopulse.warehouse.table.SqlType.TEXT;
import static io.autopulse.warehouse.table.SqlType.TIMESTAMP;
import static io.autopulse.warehouse.table.TableColumn.Role.OPTIONAL;
import static io.autopulse.warehouse.table.TableColumn.Role.REQUIRED;
import static io.autopulse.warehouse.table.TableColumn.Role.STAMPED_KEY;
import static io.autopulse.warehouse.table.TableColumn.derived;
import static io.autopulse.warehouse.table.TableColumn.keys;
import static io.autopulse.warehouse.table.TableColumn.optional;
import static io.autopulse.warehouse.table.TableColumn.required;
import static io.autopulse.warehouse.table.TableColumn.stamp;

import io.autopulse.domain.market.MarketTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The core tables with their columns in order: what {@code warehouse/migrations} makes. Whatever
 * writes or reads a table's columns takes them from here, so a new column is a migration and an
 * entry here.
 *
 * <p>Keys are held by audits, not by the warehouses. A table that pipes append to ({@code _live})
 * may hold a key more than once.
 */
public enum CoreTable {
  /** The current version of each sale. */
  SALES(
      keys(TEXT, "sale_id"),
      required(TIMESTAMP, "updated_at"),
      required(INTEGER, "sequence"),
      SharedColumns.SALE),
  /** Every accepted version; of those of one key the greatest content counts. */
  SALE_VERSIONS(
      keys(TEXT, "sale_id"),
      keys(TIMESTAMP, "updated_at"),
      keys(INTEGER, "sequence"),
      SharedColumns.SALE),
  /** Versions that pipes append. */
  SALE_VERSIONS_LIVE(SALE_VERSIONS.columns),
  /** Models of vehicles. */
  VEHICLES(
      keys(TEXT, "model_id"),
      required(TEXT, "make", "model", "segment", "powertrain"),
      optional(AMOUNT, "list_price"),
      SharedColumns.RUN,
      optional(DATE, "launched_on", "discontinued_on"),
      optional(TEXT, "successor")),
  /** What was known of models of vehicles, and since when: rows are only added. */
  VEHICLES_HISTORY(
      keys(TEXT, "model_id"),
      keys(TIMESTAMP, "known_at"),
      required(TEXT, "make", "model", "segment", "powertrain"),
      optional(AMOUNT, "list_price"),
      optional(DATE, "launched_on", "discontinued_on"),
      optional(TEXT, "successor"),
      SharedColumns.RUN),
  /** Dealers. */
  DEALERS(
      keys(TEXT, "dealer_id"),
      optional(TEXT, "dealer_name"),
      required(TEXT, "region"),
      SharedColumns.RUN),
  /** Sales targets of months; what a target does not tell apart is {@code ALL}. */
  SALES_TARGETS(
      keys(DATE, "month"),
      keys(TEXT, "dealer_id", "make", "model"),
      required(INTEGER, "units"),
      optional(AMOUNT, "revenue"),
      stamp(TEXT, "currency"),
      optional(TIMESTAMP, "updated_at"),
      SharedColumns.RUN),
  /** KPIs of a refresh. */
  SALES_KPI(
      SharedColumns.CELL,
      optional(SHARE, "sales_mix"),
      derived(SHARE, "market_share"),
      required(INTEGER, "revision"),
      required(BOOLEAN, "is_final"),
      stamp(TIMESTAMP, "computed_at"),
      SharedColumns.RUN),
  /** KPIs of live jobs, which are never final, and whose shares the current view computes. */
  SALES_KPI_LIVE(
      "revision",
      SharedColumns.CELL,
      derived(SHARE, "sales_mix", "market_share"),
      required(INTEGER, "revision"),
      stamp(BOOLEAN, "is_final"),
      stamp(TIMESTAMP, "computed_at"),
      SharedColumns.RUN),
  /** The last vintage of each registration. */
  MARKET_REGISTRATIONS(
      SharedColumns.REGISTRATION, SharedColumns.registrations(REQUIRED), SharedColumns.RUN),
  /** The vintages of registrations; one that is withdrawn has no number. */
  MARKET_REGISTRATIONS_HISTORY(
      SharedColumns.REGISTRATION,
      SharedColumns.KNOWN_ON,
      SharedColumns.registrations(OPTIONAL),
      SharedColumns.RUN),
  /** The vintages of registrations that live jobs know. */
  MARKET_REGISTRATIONS_LIVE(
      "revision",
      SharedColumns.REGISTRATION,
      SharedColumns.KNOWN_ON,
      SharedColumns.SETTLES_AT,
      SharedColumns.registrations(OPTIONAL),
      SharedColumns.REVISED),
  /** The last vintage of each price at the pump. */
  FUEL_PRICES(SharedColumns.FUEL, SharedColumns.PRICES, SharedColumns.RUN),
  /** The vintages of prices at the pump. */
  FUEL_PRICES_HISTORY(
      SharedColumns.FUEL, SharedColumns.KNOWN_ON, SharedColumns.PRICES, SharedColumns.RUN),
  /** The vintages of prices at the pump that live jobs know. */
  FUEL_PRICES_LIVE(
      "revision",
      SharedColumns.FUEL,
      SharedColumns.KNOWN_ON,
      SharedColumns.SETTLES_AT,
      SharedColumns.PRICES,
      SharedColumns.REVISED),
  /** The last vintage of the attention to each topic. */
  MARKET_ATTENTION(SharedColumns.TOPIC, SharedColumns.ATTENTION, SharedColumns.RUN),
  /** The vintages of attention. */
  MARKET_ATTENTION_HISTORY(
      SharedColumns.TOPIC, SharedColumns.KNOWN_ON, SharedColumns.ATTENTION, SharedColumns.RUN),
  /** The vintages of attention that live jobs know. */
  MARKET_ATTENTION_LIVE(
      "revision",
      SharedColumns.TOPIC,
      SharedColumns.KNOWN_ON,
      SharedColumns.SETTLES_AT,
      SharedColumns.ATTENTION,
      SharedColumns.REVISED),
  /** Trend features of the weekly trends. */
  TREND_FEATURES(SharedColumns.FEATURES, SharedColumns.RUN),
  /** Trend features of closed weeks that live jobs have computed. */
  TREND_FEATURES_LIVE(
      "computed_at", SharedColumns.FEATURES, required(TIMESTAMP, "computed_at"), SharedColumns.RUN),
  /** Forecasts: rows are only added. */
  FORECASTS(
      SharedColumns.VINTAGE,
      keys(TEXT, "dimension", "member"),
      keys(DATE, "period_start"),
      required(INTEGER, "horizon"),
      keys(TEXT, "method"),
      required(MEASURE, "mean"),
      optional(MEASURE, "lower_80", "upper_80", "lower_95", "upper_95"),
      required(BOOLEAN, "published"),
      required(TEXT, "made_by"),
      optional(TEXT, "reason"),
      optional(MEASURE, "level_units", "trend_units", "season_units", "reconciliation_units"),
      optional(TEXT, "sentence"),
      SharedColumns.RUN,
      optional(MEASURE, "calendar_units", "features_units", "bias_units", "bias")),
  /** What the rows of each vintage of forecasts must be. */
  FORECAST_VINTAGES(
      keys(TEXT, "grain"),
      keys(DATE, "as_of"),
      keys(INTEGER, "vintage"),
      required(TEXT, "job"),
      required(TIMESTAMP, "made_at"),
      required(INTEGER, "forecast_rows", "fingerprint"),
      SharedColumns.RUN),
  /** How far earlier forecasts were from what was sold since. */
  FORECAST_ACCURACY(
      SharedColumns.VINTAGE,
      keys(TEXT, "dimension", "member", "method"),
      keys(INTEGER, "horizon"),
      required(INTEGER, "forecasts"),
      required(MEASURE, "units", "error", "absolute_error"),
      optional(MEASURE, "mase", "rmsse", "wape", "bias"),
      optional(SHARE, "coverage_80", "coverage_95"),
      optional(MEASURE, "naive_mase", "seasonal_naive_mase"),
      stamp(BOOLEAN, "gated"),
      SharedColumns.RUN),
  /** Planners' numbers beside forecasts. */
  FORECAST_OVERRIDES(
      keys(TEXT, "grain"),
      keys(DATE, "as_of"),
      keys(TEXT, "dimension", "member"),
      keys(DATE, "period_start"),
      required(MEASURE, "units"),
      required(TEXT, "author", "reason"),
      keys(TIMESTAMP, "made_at")),
  /** Rejected records. */
  REJECTED_RECORDS(
      TableColumn.of(STAMPED_KEY, TEXT, "run_id"),
      keys(TEXT, "feed", "origin"),
      required(TEXT, "code", "step"),
      optional(TEXT, "field"),
      required(TEXT, "message", "raw", "format"),
      optional(TEXT, "header")),
  /** Rejected records that pipes append. */
  REJECTED_RECORDS_LIVE(REJECTED_RECORDS.columns),
  /** The runs. */
  LOAD_RUNS(
      keys(TEXT, "run_id"),
      required(TEXT, "job", "status"),
      optional(DATE, "interval_from", "interval_to"),
      required(TIMESTAMP, "started_at"),
      optional(TIMESTAMP, "ended_at"),
      optional(SECONDS, "seconds"),
      optional(TEXT, "host"),
      optional(INTEGER, "process_id"),
      optional(TEXT, "autopulse_version", "runner", "message", "replaces", "inputs")),
  /** What became of the records of each feed of a run. */
  LOAD_RUN_FEEDS(
      keys(TEXT, "run_id", "feed"),
      required(
          INTEGER,
          "rows_read",
          "rows_accepted",
          "rows_rejected",
          "rows_duplicate",
          "rows_superseded",
          "rows_out_of_range",
          "rows_published"),
      optional(INTEGER, "rows_conflicting", "rows_skipped")),
  /** The results of a run's audits. */
  LOAD_RUN_AUDITS(
      keys(TEXT, "run_id", "audit"), required(BOOLEAN, "passed"), required(TEXT, "detail")),
  /** Which live run restates which table. */
  LIVE_RUNS(
      keys(TEXT, "run_id", "live_table"), required(TEXT, "state"), required(BOOLEAN, "is_loader"));

  private final Optional<String> later;
  private final List<TableColumn> columns;

  @SafeVarargs
  CoreTable(List<TableColumn>... columns) {
    this.later = Optional.empty();
    this.columns = SharedColumns.joined(columns);
  }

  @SafeVarargs
  CoreTable(String later, List<TableColumn>... columns) {
    this.later = Optional.of(later);
    this.columns = SharedColumns.joined(columns);
  }

  /** Returns the table of a market table's last vintages. */
  public static CoreTable of(MarketTable table) {
    return valueOf(table.name());
  }

  /** Returns the table of all vintages of a market table's figures. */
  public CoreTable history() {
    return valueOf(name() + "_HISTORY");
  }

  /** Returns the columns, in the order of the table. */
  public List<TableColumn> columns() {
    return columns;
  }

  /** Returns the names of the columns, in the order of the table. */
  public List<String> names() {
    return names(column -> true);
  }

  /** Returns the names of the columns of the key. */
  public List<String> key() {
    return names(TableColumn::isKey);
  }

  /** Returns the names of the columns that the pipeline gives. */
  public List<String> given() {
    return names(TableColumn::isGiven);
  }

  private List<String> names(Predicate<TableColumn> condition) {
    return columns.stream().filter(condition).map(TableColumn::name).toList();
  }

  /**
   * Returns the names of the columns without those that a statement sets by itself, for its lists
   * of columns.
   *
   * @throws IllegalArgumentException if the table does not have one of these
   */
  public String columnsBut(String... without) {
    List<String> names = new ArrayList<>(names());
    for (String name : without) {
      if (!names.remove(name)) {
        throw new IllegalArgumentException(this + " has no column " + name);
      }
    }
    return String.join(", ", names);
  }

  /**
   * Returns the column that is higher in the later row of a key; empty if a row is not restated by
   * another.
   */
  public Optional<String> later() {
    return later;
  }

  /** Returns the table's name in the warehouse. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
