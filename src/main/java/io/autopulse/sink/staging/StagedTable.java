package io.autopulse.sink.staging;

import static io.autopulse.warehouse.table.SqlType.BOOLEAN;
import static io.autopulse.warehouse.table.SqlType.INTEGER;
import static io.autopulse.warehouse.table.SqlType.TEXT;
import static io.autopulse.warehouse.table.TableColumn.required;

import io.autopulse.domain.market.MarketTable;
import io.autopulse.sink.staging.parquet.KpiRows;
import io.autopulse.sink.staging.parquet.ParquetRows;
import io.autopulse.sink.staging.parquet.SaleVersionRows;
import io.autopulse.sink.staging.parquet.TextRows;
import io.autopulse.warehouse.table.CoreTable;
import io.autopulse.warehouse.table.TableColumn;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline stages, and how its rows are written: the blocks of a table as Parquet. The
 * columns are those that the pipeline gives of a core table, and after them what only audits and
 * statements of the publisher need.
 */
public enum StagedTable {
  /** Sale versions of all fates, as sale blocks. */
  SALE_VERSIONS(SaleVersionRows::new, CoreTable.SALE_VERSIONS, required(TEXT, "fate")),
  /** KPIs, as KPI blocks. */
  SALES_KPI(KpiRows::new, CoreTable.SALES_KPI, List.of()),
  /** Vehicles, as texts. */
  VEHICLES(CoreTable.VEHICLES),
  /** Dealers, as texts. */
  DEALERS(CoreTable.DEALERS),
  /** Rejected records, as texts. */
  REJECTED_RECORDS(CoreTable.REJECTED_RECORDS),
  /** Counts of records by feed and measure, as texts. */
  COUNTS(required(TEXT, "key"), required(INTEGER, "count")),
  /** Vintages of registrations, as texts. */
  MARKET_REGISTRATIONS(MarketTable.MARKET_REGISTRATIONS),
  /** Vintages of fuel prices, as texts. */
  FUEL_PRICES(MarketTable.FUEL_PRICES),
  /** Vintages of attention, as texts. */
  MARKET_ATTENTION(MarketTable.MARKET_ATTENTION),
  /** How many records have a name that the manifest's mappings do not know, as texts. */
  UNMAPPED_NAMES(required(TEXT, "feed", "field", "name"), required(INTEGER, "records")),
  /** Trend features, as texts. */
  TREND_FEATURES(CoreTable.TREND_FEATURES),
  /** Forecasts, as texts. */
  FORECASTS(CoreTable.FORECASTS),
  /** How well earlier forecasts did, as texts. */
  FORECAST_ACCURACY(CoreTable.FORECAST_ACCURACY),
  /** Sales targets, as texts. */
  SALES_TARGETS(CoreTable.SALES_TARGETS),
  /** What a live job knows of registrations, as texts; dropped, never staged. */
  MARKET_REGISTRATIONS_LIVE(CoreTable.MARKET_REGISTRATIONS_LIVE),
  /** What a live job knows of fuel prices, as texts; dropped, never staged. */
  FUEL_PRICES_LIVE(CoreTable.FUEL_PRICES_LIVE),
  /** What a live job knows of attention, as texts; dropped, never staged. */
  MARKET_ATTENTION_LIVE(CoreTable.MARKET_ATTENTION_LIVE),
  /** Trend features that a live job computed, as texts; dropped, never staged. */
  TREND_FEATURES_LIVE(CoreTable.TREND_FEATURES_LIVE);

  /** What a refresh without targets stages. */
  public static final Set<StagedTable> OF_REFRESH =
      Collections.unmodifiableSet(EnumSet.range(SALE_VERSIONS, COUNTS));

  /** What a refresh with targets stages. */
  public static final Set<StagedTable> OF_REFRESH_WITH_TARGETS =
      Collections.unmodifiableSet(
          EnumSet.of(
              SALE_VERSIONS,
              SALES_KPI,
              VEHICLES,
              DEALERS,
              REJECTED_RECORDS,
              COUNTS,
              SALES_TARGETS));

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

  private final @Nullable RowsFactory rows;
  private final Optional<CoreTable> core;
  private final List<TableColumn> further;

  /** Starts the rows of a file. */
  @FunctionalInterface
  private interface RowsFactory {
    ParquetRows on(WritableByteChannel out) throws IOException;
  }

  StagedTable(RowsFactory rows, CoreTable core, List<TableColumn> further) {
    this.rows = rows;
    this.core = Optional.of(core);
    this.further = further;
  }

  StagedTable(CoreTable core) {
    this.rows = null;
    this.core = Optional.of(core);
    this.further = List.of();
  }

  StagedTable(MarketTable table) {
    this.rows = null;
    this.core = Optional.of(CoreTable.of(table).history());
    this.further =
        Stream.of(required(BOOLEAN, "dated"), required(INTEGER, "records", "conflicts"))
            .flatMap(List::stream)
            .toList();
  }

  StagedTable(List<TableColumn> texts, List<TableColumn> numbers) {
    this.rows = null;
    this.core = Optional.empty();
    this.further = Stream.of(texts, numbers).flatMap(List::stream).toList();
  }

  /** Returns the staged form of a market table. */
  public static StagedTable of(MarketTable table) {
    return valueOf(table.name());
  }

  /** Returns the core table whose rows are staged; empty of what is staged for itself. */
  public Optional<CoreTable> core() {
    return core;
  }

  /** Returns the columns that the core table does not have. */
  public List<TableColumn> further() {
    return further;
  }

  /** Returns the columns, in the order of a row's values. */
  public List<TableColumn> columns() {
    return Stream.concat(
            core.stream().flatMap(table -> table.columns().stream()).filter(TableColumn::isGiven),
            further.stream())
        .toList();
  }

  /** Starts a file of the table; closing the rows closes the channel. */
  public ParquetRows write(WritableByteChannel out) throws IOException {
    return rows == null ? new TextRows(out, columns()) : rows.on(out);
  }

  /** Returns the table's name in the warehouse. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
