package io.autopulse.sink.staging;

import io.autopulse.domain.forecast.ledger.AccuracyRow;
import io.autopulse.domain.forecast.ledger.LedgerRow;
import io.autopulse.domain.market.MarketTable;
import io.autopulse.domain.trend.TrendFeatures;
import io.autopulse.sink.staging.parquet.KpiRows;
import io.autopulse.sink.staging.parquet.ParquetRows;
import io.autopulse.sink.staging.parquet.SaleVersionRows;
import io.autopulse.sink.staging.parquet.TextRows;
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
  VEHICLES(
      "model_id",
      "make",
      "model",
      "segment",
      "powertrain",
      "list_price",
      "launched_on",
      "discontinued_on",
      "successor"),
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
  TREND_FEATURES(TrendFeatures.COLUMNS.toArray(String[]::new)),
  /** Forecasts, as texts. */
  FORECASTS(LedgerRow.COLUMNS.toArray(String[]::new)),
  /** How well earlier forecasts did, as texts. */
  FORECAST_ACCURACY(AccuracyRow.COLUMNS.toArray(String[]::new)),
  /** What a live job knows of registrations, as texts; dropped, never staged. */
  MARKET_REGISTRATIONS_LIVE(liveColumns(MarketTable.MARKET_REGISTRATIONS)),
  /** What a live job knows of fuel prices, as texts; dropped, never staged. */
  FUEL_PRICES_LIVE(liveColumns(MarketTable.FUEL_PRICES)),
  /** What a live job knows of attention, as texts; dropped, never staged. */
  MARKET_ATTENTION_LIVE(liveColumns(MarketTable.MARKET_ATTENTION)),
  /** Trend features that a live job computed, as texts; dropped, never staged. */
  TREND_FEATURES_LIVE(
      Stream.concat(TrendFeatures.COLUMNS.stream(), Stream.of("computed_at"))
          .toArray(String[]::new));

  /** What a refresh stages. */
  public static final Set<StagedTable> OF_REFRESH =
      Collections.unmodifiableSet(EnumSet.range(SALE_VERSIONS, COUNTS));

  /** What the market data job stages. */
  public static final Set<StagedTable> OF_MARKET =
      Collections.unmodifiableSet(EnumSet.range(REJECTED_RECORDS, UNMAPPED_NAMES));

  /** What the weekly trends stage. */
  public static final Set<StagedTable> OF_TRENDS =
      Collections.unmodifiableSet(EnumSet.of(REJECTED_RECORDS, COUNTS, TREND_FEATURES));

  /** What the forecast stages. */
  public static final Set<StagedTable> OF_FORECAST =
      Collections.unmodifiableSet(
          EnumSet.of(REJECTED_RECORDS, COUNTS, FORECASTS, FORECAST_ACCURACY));

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
            table.key(),
            List.of("known_on"),
            table.measures(),
            List.of("dated", "records", "conflicts"))
        .flatMap(List::stream)
        .toArray(String[]::new);
  }

  /** Returns the columns of a market table's vintages that a live job drops. */
  public static String[] liveColumns(MarketTable table) {
    return Stream.of(
            table.key(), List.of("known_on", "settles_at"), table.measures(), List.of("revision"))
        .flatMap(List::stream)
        .toArray(String[]::new);
  }

  /** Returns the staged form of a market table. */
  public static StagedTable of(MarketTable table) {
    return valueOf(table.name());
  }

  /** Starts a file of the table; closing the rows closes the channel. */
  public ParquetRows write(WritableByteChannel out) throws IOException {
    return rows.on(out);
  }

  /** Returns the table's name in the warehouse. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
