package io.autopulse.sink.live;

import io.autopulse.domain.market.MarketTable;
import io.autopulse.domain.trend.TrendFeatures;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.warehouse.SqlNames;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table whose rows come from a live job's files, and how those files are written and read. */
public enum LiveTable {
  /** Distinct contents of sale versions, each with its fate when it came. */
  VERSIONS(
      StagedTable.SALE_VERSIONS,
      "sale_versions",
      "sale_id, updated_at, sequence",
      "status, sold_at, sold_on, make, model, segment, powertrain, dealer_id, region, net_price, fate",
      "model_id, list_price, channel, source",
      "fate"),

  /** KPI cells; of a cell that the files hold more than once the highest revision. */
  PANES(
      StagedTable.SALES_KPI,
      "sales_kpi_live",
      "grain, window_start, dimension, member",
      "window_end, units_sold, units_cancelled, units_returned, revenue, revision",
      "average_price, median_price, p10_price, p90_price, average_discount",
      "revision desc"),

  /** Rejected records; a file that was written anew may have another one at the same place. */
  REJECTED(
      StagedTable.REJECTED_RECORDS,
      "rejected_records",
      "feed, origin, raw",
      "code, step, message, format",
      "field, header",
      "code"),

  /** Vintages of registrations; of one that is withdrawn there is no number. */
  MARKET_REGISTRATIONS(
      StagedTable.MARKET_REGISTRATIONS_LIVE,
      "market_registrations_live",
      "period_start, period_grain, region, make, model, powertrain, known_on",
      "settles_at, revision",
      "registrations",
      "revision desc"),

  /** Vintages of fuel prices. */
  FUEL_PRICES(
      StagedTable.FUEL_PRICES_LIVE,
      "fuel_prices_live",
      "day, region, fuel, known_on",
      "settles_at, average_price, minimum_price, maximum_price, stations, revision",
      "",
      "revision desc"),

  /** Vintages of attention. */
  MARKET_ATTENTION(
      StagedTable.MARKET_ATTENTION_LIVE,
      "market_attention_live",
      "day, source, topic, known_on",
      "settles_at, revision",
      "views, mentions, sentiment_mean",
      "revision desc"),

  /** Trend features of closed weeks, as last computed. */
  TREND_FEATURES(
      StagedTable.TREND_FEATURES_LIVE,
      "trend_features_live",
      "week_start, dimension, member",
      "units, computed_at",
      String.join(", ", TrendFeatures.COLUMNS.subList(4, TrendFeatures.COLUMNS.size())),
      "computed_at desc");

  /** What a job of sales writes. */
  public static final Set<LiveTable> OF_SALES =
      Collections.unmodifiableSet(EnumSet.of(VERSIONS, PANES, REJECTED));

  /** What a job of sales with trend features writes. */
  public static final Set<LiveTable> OF_TRENDS =
      Collections.unmodifiableSet(EnumSet.of(VERSIONS, PANES, REJECTED, TREND_FEATURES));

  /** What a job of market data writes. */
  public static final Set<LiveTable> OF_MARKET =
      Collections.unmodifiableSet(
          EnumSet.of(REJECTED, MARKET_REGISTRATIONS, FUEL_PRICES, MARKET_ATTENTION));

  /** Facts: a row whose key is known changes nothing. */
  public static final Set<LiveTable> RECORDS =
      Collections.unmodifiableSet(EnumSet.of(VERSIONS, REJECTED));

  /** What is told anew when it changes: of a key the highest row counts. */
  public static final Set<LiveTable> RESTATED =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(VERSIONS, REJECTED)));

  private final StagedTable content;
  private final String table;
  private final String key;
  private final String required;
  private final String optional;
  private final String first;

  LiveTable(
      StagedTable content,
      String table,
      String key,
      String required,
      String optional,
      String first) {
    this.content = content;
    this.table = table;
    this.key = key;
    this.required = required;
    this.optional = optional;
    this.first = first;
  }

  /** Returns the table that takes what a live job knows of a market table. */
  public static LiveTable of(MarketTable table) {
    return valueOf(table.name());
  }

  /** Returns what a file of the table holds. */
  public StagedTable content() {
    return content;
  }

  /** Returns the core table's name. */
  @Override
  public String toString() {
    return table;
  }

  /** Returns the columns that the files give. */
  String columns() {
    return Stream.of(key, required, optional)
        .filter(columns -> !columns.isEmpty())
        .collect(Collectors.joining(", "));
  }

  /** Returns the columns that the files give and the core table has. */
  public String coreColumns() {
    return columns().replace(", fate", "");
  }

  /** Returns the column by which a later row of a key is told from an earlier one. */
  public String order() {
    return first.replace(" desc", "");
  }

  /** Returns the columns of the key. */
  public String key() {
    return key;
  }

  /** Returns the condition that two relations have the same key. */
  public String sameKey(String a, String b) {
    return Stream.of(key.split(", ", -1))
        .map(column -> "%1$s.%3$s = %2$s.%3$s".formatted(a, b, column))
        .collect(Collectors.joining(" and "));
  }

  /** Returns the temporary relation of the rows of a batch. */
  public String batch() {
    return "LIVE_" + table;
  }

  /** Returns the statement that makes the empty relation of a batch, typed as the core table. */
  public String make() {
    return "create or replace temp table %s as select %s from (select *, '' as fate from {core}.%s) limit 0"
        .formatted(batch(), columns(), table);
  }

  /**
   * Returns the statement that reads files into the relation of a batch: a row a key, of versions
   * one a content.
   */
  public String read(List<Path> files) {
    return """
        insert into %1$s
        select %2$s
        from %3$s
        qualify row_number() over (partition by %4$s order by %5$s) = 1
        """
        .formatted(
            batch(), columns(), rowsOf(files), this == VERSIONS ? coreColumns() : key, first);
  }

  /** Returns the relation of all rows of files. */
  public static String rowsOf(List<Path> files) {
    return "read_parquet([%s], union_by_name = true)"
        .formatted(files.stream().map(SqlNames::literal).collect(Collectors.joining(", ")));
  }

  /** Returns the query that gives a row if a column of the batch is null that may not be. */
  public String broken() {
    return "select 1 from %s where %s"
        .formatted(
            batch(),
            List.of((key + ", " + required).split(", ")).stream()
                .map(column -> column + " is null")
                .collect(Collectors.joining(" or ")));
  }
}
