package io.autopulse.sink.staging.snowflake;

import static io.autopulse.sink.staging.snowflake.StagingColumn.AMOUNT;
import static io.autopulse.sink.staging.snowflake.StagingColumn.DAY;
import static io.autopulse.sink.staging.snowflake.StagingColumn.FLAG;
import static io.autopulse.sink.staging.snowflake.StagingColumn.INTEGER;
import static io.autopulse.sink.staging.snowflake.StagingColumn.SHARE;
import static io.autopulse.sink.staging.snowflake.StagingColumn.TEXT;
import static io.autopulse.sink.staging.snowflake.StagingColumn.TIME;

import io.autopulse.domain.forecast.ledger.AccuracyRow;
import io.autopulse.domain.forecast.ledger.LedgerRow;
import io.autopulse.domain.market.MarketTable;
import io.autopulse.domain.trend.TrendFeatures;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.StagingNames;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The table of a run that SnowflakeIO loads with the rows of a {@link StagedTable}: its name is
 * {@code STG_<table>_rows__<run>}, and the relation that the publisher reads is a view of it.
 */
public enum StagingTable {
  SALE_VERSIONS(
      StagedTable.SALE_VERSIONS,
      BlockRows::ofSaleVersions,
      columns(
          TEXT,
          "sale_id",
          TIME,
          "updated_at",
          INTEGER,
          "sequence",
          TEXT,
          "status",
          TIME,
          "sold_at",
          DAY,
          "sold_on",
          TEXT,
          "model_id make model segment powertrain dealer_id region",
          AMOUNT,
          "list_price net_price",
          TEXT,
          "channel source fate")),
  SALES_KPI(
      StagedTable.SALES_KPI,
      BlockRows::ofKpis,
      columns(
          TEXT,
          "grain",
          TIME,
          "window_start window_end",
          TEXT,
          "dimension member",
          INTEGER,
          "units_sold units_cancelled units_returned",
          AMOUNT,
          "revenue average_price median_price p10_price p90_price",
          SHARE,
          "average_discount sales_mix",
          INTEGER,
          "revision",
          FLAG,
          "is_final")),
  VEHICLES(
      StagedTable.VEHICLES,
      StagingTable::single,
      columns(
          TEXT,
          "model_id make model segment powertrain list_price launched_on discontinued_on successor")),
  DEALERS(StagedTable.DEALERS, StagingTable::single, columns(TEXT, "dealer_id dealer_name region")),
  REJECTED_RECORDS(
      StagedTable.REJECTED_RECORDS,
      StagingTable::single,
      columns(TEXT, "feed origin code step field message raw format header")),
  COUNTS(StagedTable.COUNTS, StagingTable::single, columns(TEXT, "key count")),
  MARKET_REGISTRATIONS(MarketTable.MARKET_REGISTRATIONS),
  FUEL_PRICES(MarketTable.FUEL_PRICES),
  MARKET_ATTENTION(MarketTable.MARKET_ATTENTION),
  UNMAPPED_NAMES(
      StagedTable.UNMAPPED_NAMES, StagingTable::single, columns(TEXT, "feed field name records")),
  TREND_FEATURES(
      StagedTable.TREND_FEATURES,
      StagingTable::single,
      columns(TEXT, String.join(" ", TrendFeatures.COLUMNS))),
  FORECASTS(StagedTable.FORECASTS, LedgerRow.COLUMNS.toArray(String[]::new)),
  FORECAST_ACCURACY(StagedTable.FORECAST_ACCURACY, AccuracyRow.COLUMNS.toArray(String[]::new)),
  MARKET_REGISTRATIONS_LIVE(
      StagedTable.MARKET_REGISTRATIONS_LIVE, MarketTable.MARKET_REGISTRATIONS),
  FUEL_PRICES_LIVE(StagedTable.FUEL_PRICES_LIVE, MarketTable.FUEL_PRICES),
  MARKET_ATTENTION_LIVE(StagedTable.MARKET_ATTENTION_LIVE, MarketTable.MARKET_ATTENTION),
  TREND_FEATURES_LIVE(
      StagedTable.TREND_FEATURES_LIVE,
      StagingTable::single,
      columns(TEXT, String.join(" ", TrendFeatures.COLUMNS) + " computed_at"));

  private final StagedTable staged;
  private final Rows rows;
  private final List<StagingColumn> columns;

  /** Takes a block apart into encoded rows. */
  @FunctionalInterface
  private interface Rows {
    void of(byte[] block, Consumer<byte[]> rows);
  }

  StagingTable(StagedTable staged, Rows rows, List<StagingColumn> columns) {
    this.staged = staged;
    this.rows = rows;
    this.columns = columns;
  }

  StagingTable(MarketTable table) {
    this(StagedTable.of(table), StagedTable.columns(table));
  }

  StagingTable(StagedTable live, MarketTable table) {
    this(live, StagedTable.liveColumns(table));
  }

  StagingTable(StagedTable staged, String... names) {
    this(staged, StagingTable::single, columns(TEXT, String.join(" ", names)));
  }

  /** Returns the table of what is staged. */
  public static StagingTable of(StagedTable staged) {
    return valueOf(staged.name());
  }

  /** Returns types, each before the names of its columns. */
  private static List<StagingColumn> columns(String... typesAndNames) {
    List<StagingColumn> columns = new ArrayList<>();
    for (int i = 0; i < typesAndNames.length; i += 2) {
      for (String name : typesAndNames[i + 1].split(" ", -1)) {
        columns.add(new StagingColumn(name, typesAndNames[i]));
      }
    }
    return List.copyOf(columns);
  }

  private static void single(byte[] row, Consumer<byte[]> rows) {
    rows.accept(row);
  }

  /** Gives the encoded rows of a block. */
  void rows(byte[] block, Consumer<byte[]> out) {
    rows.of(block, out);
  }

  /** Returns the names of the columns, in the order of a row's texts. */
  public List<String> names() {
    return columns.stream().map(StagingColumn::name).toList();
  }

  /** Returns the table's name in a run. */
  String in(StagingNames names) {
    return names.relation(staged + "_rows");
  }

  /** Returns the statement that makes the table of a run. */
  String create(StagingNames names) {
    return columns.stream()
        .map(StagingColumn::definition)
        .collect(Collectors.joining(", ", "create table " + in(names) + " (", ")"));
  }

  /** Returns what may stand after {@code from} and gives the rows as they were staged. */
  String source(StagingNames names) {
    return columns.stream()
        .map(StagingColumn::value)
        .collect(Collectors.joining(", ", "(select ", " from " + in(names) + ") as staged"));
  }
}
