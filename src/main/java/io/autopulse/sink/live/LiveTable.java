package io.autopulse.sink.live;

import io.autopulse.domain.market.MarketTable;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.table.CoreTable;
import io.autopulse.warehouse.table.TableColumn;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A table whose rows come from a live job's files, and how those files are written and read. */
public enum LiveTable {
  /** Distinct contents of sale versions, each with its fate when it came. */
  VERSIONS(StagedTable.SALE_VERSIONS, CoreTable.SALE_VERSIONS),

  /** KPI cells; of a cell that the files hold more than once the highest revision. */
  PANES(StagedTable.SALES_KPI, CoreTable.SALES_KPI_LIVE),

  /** Rejected records; a file that was written anew may have another one at the same place. */
  REJECTED(StagedTable.REJECTED_RECORDS, CoreTable.REJECTED_RECORDS),

  /** Vintages of registrations; of one that is withdrawn there is no number. */
  MARKET_REGISTRATIONS(StagedTable.MARKET_REGISTRATIONS_LIVE, CoreTable.MARKET_REGISTRATIONS_LIVE),

  /** Vintages of fuel prices. */
  FUEL_PRICES(StagedTable.FUEL_PRICES_LIVE, CoreTable.FUEL_PRICES_LIVE),

  /** Vintages of attention. */
  MARKET_ATTENTION(StagedTable.MARKET_ATTENTION_LIVE, CoreTable.MARKET_ATTENTION_LIVE),

  /** Trend features of closed weeks, as last computed. */
  TREND_FEATURES(StagedTable.TREND_FEATURES_LIVE, CoreTable.TREND_FEATURES_LIVE);

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

  /** What is told anew when it changes: of a key the highest row counts. */
  public static final Set<LiveTable> RESTATED =
      Arrays.stream(values())
          .filter(table -> table.core.later().isPresent())
          .collect(
              Collectors.collectingAndThen(
                  Collectors.toCollection(() -> EnumSet.noneOf(LiveTable.class)),
                  Collections::unmodifiableSet));

  /** Facts: a row whose key is known changes nothing. */
  public static final Set<LiveTable> RECORDS =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.copyOf(RESTATED)));

  private final StagedTable content;
  private final CoreTable core;

  LiveTable(StagedTable content, CoreTable core) {
    this.content = content;
    this.core = core;
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
    return core.toString();
  }

  /** Returns the columns that the files give and the core table has. */
  public String coreColumns() {
    return String.join(", ", core.given());
  }

  /**
   * Returns the column by which a later row of a key is told from an earlier one.
   *
   * @throws IllegalStateException if rows of the table are not restated
   */
  public String order() {
    return core.later().orElseThrow(() -> new IllegalStateException(this + " is not restated"));
  }

  /** Returns the columns of the key. */
  public String key() {
    return String.join(", ", core.key());
  }

  /** Returns the condition that two relations have the same key. */
  public String sameKey(String a, String b) {
    return core.key().stream()
        .map(column -> "%1$s.%3$s = %2$s.%3$s".formatted(a, b, column))
        .collect(Collectors.joining(" and "));
  }

  /** Returns the temporary relation of the rows of a batch. */
  public String batch() {
    return "LIVE_" + this;
  }

  /** Returns the statement that makes the empty relation of a batch, typed as the core table. */
  public String make() {
    return "create or replace temp table %s (%s)"
        .formatted(batch(), listed(column -> column.name() + " " + column.type().sql()));
  }

  /**
   * Returns the statement that reads files into the relation of a batch: a row a key, of versions
   * one a content. Files of earlier releases hold texts: their values are ordered by type too.
   */
  public String read(List<Path> files) {
    return """
        insert into %1$s
        select *
        from (select %2$s from %3$s)
        qualify row_number() over (partition by %4$s order by %5$s) = 1
        """
        .formatted(
            batch(),
            listed(
                column ->
                    "cast(%1$s as %2$s) as %1$s".formatted(column.name(), column.type().sql())),
            rowsOf(files),
            same(),
            first());
  }

  /** Returns the columns by which rows of a batch are the same row. */
  private String same() {
    return switch (this) {
      case VERSIONS -> coreColumns();
      case REJECTED -> "feed, origin, raw";
      case PANES, MARKET_REGISTRATIONS, FUEL_PRICES, MARKET_ATTENTION, TREND_FEATURES -> key();
    };
  }

  /** Returns the order by which the first of the same rows counts. */
  private String first() {
    return switch (this) {
      case VERSIONS -> "fate";
      case REJECTED -> "code";
      case PANES, MARKET_REGISTRATIONS, FUEL_PRICES, MARKET_ATTENTION, TREND_FEATURES ->
          order() + " desc";
    };
  }

  private String listed(Function<TableColumn, String> text) {
    return batchColumns().stream().map(text).collect(Collectors.joining(", "));
  }

  /** Returns the columns that the files give. */
  private List<TableColumn> batchColumns() {
    List<String> given = core.given();
    return content.columns().stream()
        .filter(column -> given.contains(column.name()) || content.further().contains(column))
        .toList();
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
            batchColumns().stream()
                .filter(column -> !column.isNullable())
                .map(column -> column.name() + " is null")
                .collect(Collectors.joining(" or ")));
  }
}
