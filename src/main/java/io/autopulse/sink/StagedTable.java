package io.autopulse.sink;

import io.autopulse.domain.market.MarketTable;
import io.autopulse.sink.parquet.KpiRows;
import io.autopulse.sink.parquet.ParquetRows;
import io.autopulse.sink.parquet.SaleVersionRows;
import io.autopulse.sink.parquet.TextRows;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What a pipeline stages, and how its rows are written: the blocks of a table as Parquet. */
public enum StagedTable {
  /** Sale versions of all fates, as sale blocks. */
  SALE_VERSIONS(SaleVersionRows::new),
  /** KPIs, as KPI blocks. */
  SALES_KPI(KpiRows::new),
  /** Vehicles, as texts. */
  VEHICLES("model_id", "make", "model", "segment", "powertrain", "list_price"),
  /** Dealers, as texts. */
  DEALERS("dealer_id", "dealer_name", "region"),
  /** Rejected records, as texts. */
  REJECTED_RECORDS("feed", "origin", "code", "step", "field", "message", "raw", "format", "header"),
  /** Counts of records by feed and measure, as texts. */
  COUNTS("key", "count"),
  /** Vintages of registrations, as texts. */
  MARKET_REGISTRATIONS(MarketTable.MARKET_REGISTRATIONS),
  /** Vintages of fuel prices, as texts. */
  FUEL_PRICES(MarketTable.FUEL_PRICES),
  /** Vintages of attention, as texts. */
  MARKET_ATTENTION(MarketTable.MARKET_ATTENTION),
  /** How many records have a name that the manifest's mappings do not know, as texts. */
  UNMAPPED_NAMES("feed", "field", "name", "records"),
  /** Trend features, as texts. */
  TREND_FEATURES(
      "week_start",
      "dimension",
      "member",
      "units",
      "units_lag_1",
      "units_lag_2",
      "units_lag_4",
      "units_lag_13",
      "units_lag_52",
      "units_average_4",
      "units_average_13",
      "week_over_week",
      "year_over_year",
      "share_change",
      "price_index",
      "fuel_price",
      "fuel_price_change_4",
      "attention",
      "attention_change");

  /** What a refresh stages. */
  public static final Set<StagedTable> OF_REFRESH =
      Collections.unmodifiableSet(EnumSet.range(SALE_VERSIONS, COUNTS));

  /** What the market data job stages. */
  public static final Set<StagedTable> OF_MARKET =
      Collections.unmodifiableSet(EnumSet.range(REJECTED_RECORDS, UNMAPPED_NAMES));

  /** What the weekly trends stage. */
  public static final Set<StagedTable> OF_TRENDS =
      Collections.unmodifiableSet(EnumSet.of(REJECTED_RECORDS, COUNTS, TREND_FEATURES));

  private final RowsFactory rows;

  /** Starts the rows of a file. */
  @FunctionalInterface
  private interface RowsFactory {
    ParquetRows on(WritableByteChannel out) throws IOException;
  }

  StagedTable(RowsFactory rows) {
    this.rows = rows;
  }

  StagedTable(MarketTable table) {
    this(columns(table));
  }

  StagedTable(String... columns) {
    this(out -> new TextRows(out, List.of(columns)));
  }

  /** Returns the columns of a market table's staged vintages. */
  public static String[] columns(MarketTable table) {
    return Stream.of(
            table.key(), List.of("known_on"), table.measures(), List.of("dated", "records"))
        .flatMap(List::stream)
        .toArray(String[]::new);
  }

  /** Returns the staged form of a market table. */
  public static StagedTable of(MarketTable table) {
    return valueOf(table.name());
  }

  /** Starts a file of the table; closing the rows closes the channel. */
  ParquetRows write(WritableByteChannel out) throws IOException {
    return rows.on(out);
  }

  /** Returns the table's name in the warehouse. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
