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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run's staged files, and the temporary views that the publisher sees them as. The files are
 * Parquet, which DuckDB reads where they lie; the core tables are not touched before the audits
 * have passed.
 */
public final class DuckDbStaging {
  private static final String VERSIONS_VIEW =
      """
      select
          sale_id,
          updated_at,
          sequence,
          status,
          sold_at,
          sold_on,
          model_id,
          make,
          model,
          segment,
          powertrain,
          dealer_id,
          region,
          list_price,
          net_price,
          '{currency}' as currency,
          channel,
          source,
          fate
      from {files}
      """;

  private static final String KPI_VIEW =
      """
      select
          grain,
          window_start,
          window_end,
          dimension,
          member,
          units_sold,
          units_cancelled,
          units_returned,
          revenue,
          average_price,
          median_price,
          p10_price,
          p90_price,
          average_discount,
          sales_mix,
          cast(null as decimal(9, 6)) as market_share,
          revision,
          is_final
      from {files}
      """;

  private static final String COUNTS_VIEW =
      """
      with counted as (
          select
              split_part(key, '/', 1) as feed,
              split_part(key, '/', 2) as measure,
              cast(count as bigint) as count
          from {files}
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
      view(
          statement,
          "sale_versions",
          StagedTable.SALE_VERSIONS,
          VERSIONS_VIEW.replace("{currency}", SqlNames.identifier(currency)));
      view(statement, "sales_kpi", StagedTable.SALES_KPI, KPI_VIEW);
      view(
          statement,
          "vehicles",
          StagedTable.VEHICLES,
          "select * replace (cast(list_price as decimal(18, 2)) as list_price) from {files}");
      view(statement, "dealers", StagedTable.DEALERS, "from {files}");
      view(statement, "rejected_records", StagedTable.REJECTED_RECORDS, "from {files}");
      view(statement, "load_run_feeds", StagedTable.COUNTS, COUNTS_VIEW);
    } catch (SQLException e) {
      throw new WarehouseException("show the staging of run " + names.runId(), e);
    }
  }

  private void view(Statement statement, String relation, StagedTable table, String query)
      throws SQLException {
    String files =
        StagedFiles.of(folder, table).stream()
            .map(SqlNames::literal)
            .collect(Collectors.joining(", ", "read_parquet([", "])"));
    statement.execute(
        "create or replace temp view "
            + names.relation(relation)
            + " as\n"
            + query.replace("{files}", files));
  }

  /** Returns the rejected records of each feed and code, most first: what the summary shows. */
  public List<RejectedCount> rejectedCounts(Connection connection) {
    return query(
        connection,
        "select feed, code, count(*) from "
            + names.relation("rejected_records")
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
                + names.relation("sale_versions")
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
