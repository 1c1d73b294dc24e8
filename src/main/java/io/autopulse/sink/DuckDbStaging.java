package io.autopulse.sink;

import io.autopulse.domain.quality.ReferenceRecord;
import io.autopulse.domain.quality.RejectedRecord;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.domain.sale.SaleEnricher;
import io.autopulse.domain.sale.SaleLayout;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunctionBuilder;
import org.jspecify.annotations.Nullable;

/**
 * One run's staged files, and the temporary relations that the publisher sees them as, made by
 * table functions that decode the staged blocks where they lie. Sale versions and KPIs are read
 * several times and become temporary tables, the rest views; the core tables are not touched before
 * the audits have passed.
 */
public final class DuckDbStaging {
  /** Staged sale versions, of all fates. */
  public static final String SALE_VERSIONS = "sale_versions";

  /** Staged KPI rows. */
  public static final String SALES_KPI = "sales_kpi";

  /** KPI panes of a live job. */
  public static final String SALES_KPI_LIVE = "sales_kpi_live";

  /** Staged vehicles. */
  public static final String VEHICLES = "vehicles";

  /** Staged dealers. */
  public static final String DEALERS = "dealers";

  /** Staged rejected records. */
  public static final String REJECTED_RECORDS = "rejected_records";

  /** Staged counts: key, count. */
  public static final String COUNTS = "counts";

  private static final List<String> VEHICLE_COLUMNS =
      List.of("model_id", "make", "model", "segment", "powertrain", "list_price");
  private static final List<String> DEALER_COLUMNS = List.of("dealer_id", "dealer_name", "region");
  private static final List<String> REJECTED_COLUMNS =
      List.of("feed", "origin", "code", "step", "field", "message", "raw", "format", "header");

  private static final String VERSIONS_VIEW =
      """
      select
          sale_id,
          make_timestamp(updated_at) as updated_at,
          sequence,
          status,
          make_timestamp(sold_at) as sold_at,
          date '1970-01-01' + cast(sold_on as integer) as sold_on,
          model_id,
          make,
          model,
          segment,
          powertrain,
          dealer_id,
          region,
          cast(cast(list_price as decimal(16, 0)) * 0.01 as decimal(18, 2)) as list_price,
          cast(cast(net_price as decimal(16, 0)) * 0.01 as decimal(18, 2)) as net_price,
          '%2$s' as currency,
          channel,
          source,
          fate
      from %1$s()
      """;

  private static final String KPI_VIEW =
      """
      select
          grain,
          cast(date '1970-01-01' + cast(window_start as integer) as timestamp) as window_start,
          cast(date '1970-01-01' + cast(window_end as integer) as timestamp) as window_end,
          dimension,
          member,
          units_sold,
          units_cancelled,
          units_returned,
          cast(cast(revenue as decimal(18, 0)) * 0.01 as decimal(18, 2)) as revenue,
          cast(cast(average_price as decimal(16, 0)) * 0.01 as decimal(18, 2)) as average_price,
          cast(cast(median_price as decimal(16, 0)) * 0.01 as decimal(18, 2)) as median_price,
          cast(cast(p10_price as decimal(16, 0)) * 0.01 as decimal(18, 2)) as p10_price,
          cast(cast(p90_price as decimal(16, 0)) * 0.01 as decimal(18, 2)) as p90_price,
          cast(cast(average_discount as decimal(9, 0)) * 0.000001 as decimal(9, 6)) as average_discount,
          cast(cast(sales_mix as decimal(9, 0)) * 0.000001 as decimal(9, 6)) as sales_mix,
          cast(null as decimal(9, 6)) as market_share,
          revision,
          is_final = 1 as is_final
      from %1$s()
      """;

  private static final String COUNTS_VIEW =
      """
      with counted as (
          select
              split_part(key, '/', 1) as feed,
              split_part(key, '/', 2) as measure,
              cast(count as bigint) as count
          from %1$s()
      ),

      pivoted as (
          select
              feed,
              coalesce(sum(count) filter (where measure = 'READ'), 0) as rows_read,
              coalesce(sum(count) filter (where measure = 'CURRENT'), 0) as rows_current,
              coalesce(sum(count) filter (where measure = 'REJECTED'), 0) as rows_rejected,
              coalesce(sum(count) filter (where measure = 'DUPLICATE'), 0) as rows_duplicate,
              coalesce(sum(count) filter (where measure = 'SUPERSEDED'), 0) as rows_superseded,
              coalesce(sum(count) filter (where measure = 'OUT_OF_RANGE'), 0) as rows_out_of_range
          from counted
          group by feed
      )

      select
          feed,
          cast(rows_read as bigint) as rows_read,
          cast(rows_current + rows_superseded + rows_out_of_range as bigint) as rows_accepted,
          cast(rows_rejected as bigint) as rows_rejected,
          cast(rows_duplicate as bigint) as rows_duplicate,
          cast(rows_superseded as bigint) as rows_superseded,
          cast(rows_out_of_range as bigint) as rows_out_of_range
      from pivoted
      """;

  private final Path folder;
  private final StagingNames names;

  /**
   * Names a run's staging.
   *
   * @param folder the run's own folder
   */
  public DuckDbStaging(Path folder, StagingNames names) {
    this.folder = folder;
    this.names = names;
  }

  /**
   * Makes the relations of {@link StagingNames} visible on a connection.
   *
   * @param currency the reporting currency: the only one of accepted sales
   */
  public void attach(Connection connection, String currency) {
    try (Statement statement = connection.createStatement()) {
      load(
          statement,
          SALE_VERSIONS,
          new SaleVersionScan(located(SALE_VERSIONS)),
          VERSIONS_VIEW,
          SqlNames.identifier(currency));
      load(statement, SALES_KPI, new KpiScan(located(SALES_KPI)), KPI_VIEW, "");
      view(
          statement,
          VEHICLES,
          new TextScan(located(VEHICLES), VEHICLE_COLUMNS),
          "select * replace (cast(list_price as decimal(18, 2)) as list_price) from %1$s()",
          "");
      view(statement, DEALERS, new TextScan(located(DEALERS), DEALER_COLUMNS), "from %1$s()", "");
      view(
          statement,
          REJECTED_RECORDS,
          new TextScan(located(REJECTED_RECORDS), REJECTED_COLUMNS),
          "from %1$s()",
          "");
      view(
          statement,
          "load_run_feeds",
          new TextScan(located(COUNTS), List.of("key", "count")),
          COUNTS_VIEW,
          "");
    } catch (SQLException e) {
      throw new WarehouseException("show the staging of run " + names.runId(), e);
    }
  }

  private List<BlockFiles.Location> located(String table) {
    return BlockFiles.locate(folder, table);
  }

  // Read more than once, by audits and inserts: decoding the blocks once and keeping DuckDB's own
  // vectors costs less.
  private <B> void load(
      Statement statement, String table, BlockScan<B> scan, String query, String currency)
      throws SQLException {
    relation(statement, "table", table, scan, query, currency);
  }

  private <B> void view(
      Statement statement, String table, BlockScan<B> scan, String query, String currency)
      throws SQLException {
    relation(statement, "view", table, scan, query, currency);
  }

  private <B> void relation(
      Statement statement,
      String kind,
      String table,
      BlockScan<B> scan,
      String query,
      String currency)
      throws SQLException {
    String function = "scan_" + SqlNames.identifier(table) + "__" + names.runId();
    try (DuckDBTableFunctionBuilder builder = DuckDBFunctions.tableFunction()) {
      builder
          .withName(function)
          .withProjectionPushdown()
          .withFunction(scan)
          .register(statement.getConnection());
    }
    statement.execute(
        "create or replace temp "
            + kind
            + " "
            + names.relation(table)
            + " as\n"
            + query.formatted(function, currency));
  }

  /** Returns the rejected records of each feed and code, most first: what the summary shows. */
  public List<RejectedCount> rejectedCounts(Connection connection) {
    return query(
        connection,
        "select feed, code, count(*) from "
            + names.relation(REJECTED_RECORDS)
            + " group by all order by 3 desc, 1, 2",
        row -> new RejectedCount(row.getString(1), row.getString(2), row.getLong(3)));
  }

  /**
   * How many records of a feed a rule rejected.
   *
   * @param feed the feed
   * @param code the rule's code
   * @param records how many
   */
  public record RejectedCount(String feed, String code, long records) {}

  /**
   * Returns the business dates of the current versions that the run does not cover; empty if there
   * are none.
   */
  public Optional<BusinessInterval> outOfRange(Connection connection) {
    return query(
            connection,
            "select min(sold_on), max(sold_on) + 1 from "
                + names.relation(SALE_VERSIONS)
                + " where fate = 'OUT_OF_RANGE' having count(*) > 0",
            row ->
                new BusinessInterval(
                    row.getObject(1, LocalDate.class), row.getObject(2, LocalDate.class)))
        .stream()
        .findFirst();
  }

  /** Makes a value of a row. */
  @FunctionalInterface
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> query(Connection connection, String sql, RowReader<T> reader) {
    List<T> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(reader.read(result));
      }
    } catch (SQLException e) {
      throw new WarehouseException("read the staging of run " + names.runId(), e);
    }
    return rows;
  }

  /** Returns the staged row of a vehicle. */
  public static List<@Nullable String> vehicleRow(ReferenceRecord vehicle) {
    List<String> values = vehicle.values();
    String price =
        vehicle.amount() == SaleLayout.NO_PRICE
            ? null
            : BigDecimal.valueOf(vehicle.amount(), 2).toPlainString();
    return Arrays.asList(
        vehicle.key(),
        values.get(1),
        values.get(2),
        known(values.get(3)),
        known(values.get(4)),
        price);
  }

  /** Returns the staged row of a dealer. */
  public static List<@Nullable String> dealerRow(ReferenceRecord dealer) {
    List<String> values = dealer.values();
    return Arrays.asList(
        dealer.key(), values.get(1).isEmpty() ? null : values.get(1), known(values.get(2)));
  }

  private static String known(String value) {
    return value.isEmpty() ? SaleEnricher.UNKNOWN : value;
  }

  /** Returns the staged row of a rejected record. */
  public static List<@Nullable String> rejectedRow(RejectedRecord rejected) {
    return Arrays.asList(
        rejected.feed(),
        rejected.origin(),
        rejected.rejection().code().name(),
        rejected.step(),
        rejected.rejection().field().isEmpty() ? null : rejected.rejection().field(),
        rejected.rejection().message(),
        rejected.raw(),
        rejected.format(),
        rejected.header().isEmpty() ? null : rejected.header());
  }
}
