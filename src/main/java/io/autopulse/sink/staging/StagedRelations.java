package io.autopulse.sink.staging;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.market.MarketTable;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The relations of {@link StagingNames} over what a run staged, wherever that lies: views, one text
 * for every warehouse.
 */
public final class StagedRelations {
  private static final String VERSIONS =
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

  private static final String KPIS =
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

  private static final String VEHICLES =
      """
      select
          model_id,
          make,
          model,
          segment,
          powertrain,
          cast(list_price as decimal(18, 2)) as list_price,
          cast(launched_on as date) as launched_on,
          cast(discontinued_on as date) as discontinued_on,
          successor
      from {files}
      """;

  private static final String DEALERS = "select dealer_id, dealer_name, region from {files}";

  private static final String REJECTED =
      "select feed, origin, code, step, field, message, raw, format, header from {files}";

  private static final String COUNTS =
      """
      with counted as (
          select
              split_part(key, '/', 1) as feed,
              split_part(key, '/', 2) as measure,
              case
                  when split_part(key, '/', 2) = 'CONFLICTING'
                      then nullif(substr(key, length(split_part(key, '/', 1)) + 14), '')
              end as conflicting_key,
              cast(count as bigint) as records
          from {files}
      ),

      pivoted as (
          select
              feed,
              sum(case when measure = 'READ' then records else 0 end) as rows_read,
              sum(case when measure = 'CURRENT' then records else 0 end) as rows_current,
              sum(case when measure = 'REJECTED' then records else 0 end) as rows_rejected,
              sum(case when measure = 'DUPLICATE' then records else 0 end) as rows_duplicate,
              sum(case when measure = 'CONFLICTING' then records else 0 end) as rows_conflicting,
              sum(case when measure = 'SKIPPED' then records else 0 end) as rows_skipped,
              min(conflicting_key) as conflicting_first,
              max(conflicting_key) as conflicting_last,
              sum(case when measure = 'SUPERSEDED' then records else 0 end) as rows_superseded,
              sum(case when measure = 'OUT_OF_RANGE' then records else 0 end) as rows_out_of_range
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
          cast(rows_out_of_range as bigint) as rows_out_of_range,
          cast(rows_conflicting as bigint) as rows_conflicting,
          cast(rows_skipped as bigint) as rows_skipped,
          conflicting_first,
          conflicting_last
      from pivoted
      """;

  /** What is counted under {@code feed/measure/name} and is no fate of a record. */
  private static final String NOTED =
      """
      select
          split_part(key, '/', 1) as feed,
          split_part(key, '/', 2) as measure,
          substr(
              key, length(split_part(key, '/', 1)) + length(split_part(key, '/', 2)) + 3
          ) as name,
          cast(sum(cast(count as bigint)) as bigint) as records
      from {files}
      where split_part(key, '/', 2) in ('ABSENT', 'LACKED', 'UNDATED')
      group by 1, 2, 3
      """;

  private static final String UNMAPPED =
      """
      select feed, field, name, cast(sum(cast(records as bigint)) as bigint) as records
      from {files}
      group by feed, field, name
      """;

  private static final String UNKNOWN_IDS =
      """
      with unknown as (
          select sales.{key}, count(*) as records
          from {sales} as sales
          left join {feed} as known on sales.{key} = known.{key}
          where sales.fate = 'CURRENT' and sales.{key} is not null and known.{key} is null
          group by sales.{key}
      )

      select {key}, cast(sum(records) over () as bigint) as sales
      from unknown
      order by records desc, {key}
      limit 3
      """;

  private static final String TRENDS =
      """
      select
          cast(week_start as date) as week_start,
          dimension,
          member,
          cast(units as bigint) as units,
          cast(units_lag_1 as bigint) as units_lag_1,
          cast(units_lag_2 as bigint) as units_lag_2,
          cast(units_lag_4 as bigint) as units_lag_4,
          cast(units_lag_13 as bigint) as units_lag_13,
          cast(units_lag_52 as bigint) as units_lag_52,
          cast(units_average_4 as decimal(18, 6)) as units_average_4,
          cast(units_average_13 as decimal(18, 6)) as units_average_13,
          cast(week_over_week as decimal(18, 6)) as week_over_week,
          cast(year_over_year as decimal(18, 6)) as year_over_year,
          cast(share_change as decimal(9, 6)) as share_change,
          cast(price_index as decimal(18, 6)) as price_index,
          cast(fuel_price as decimal(18, 4)) as fuel_price,
          cast(fuel_price_change_4 as decimal(18, 6)) as fuel_price_change_4,
          cast(attention as decimal(18, 6)) as attention,
          cast(attention_change as decimal(18, 6)) as attention_change
      from {files}
      """;

  private final StagingNames names;

  /** Names the relations of a run. */
  public StagedRelations(StagingNames names) {
    this.names = names;
  }

  /**
   * Makes the relations.
   *
   * @param create how a view is created, such as {@code create or replace view}
   * @param currency the reporting currency: the only one of accepted sales
   * @param tables what the run stages
   * @param files what may stand after {@code from} and gives the staged rows of a table
   */
  public void make(
      Connection connection,
      String create,
      String currency,
      Set<StagedTable> tables,
      Function<StagedTable, String> files) {
    try (Statement statement = connection.createStatement()) {
      for (StagedTable table : tables) {
        statement.execute(
            create
                + " "
                + names.relation(relation(table))
                + " as\n"
                + query(table)
                    .replace("{currency}", SqlNames.identifier(currency))
                    .replace("{files}", files.apply(table)));
      }
      if (tables.contains(StagedTable.COUNTS)) {
        statement.execute(
            create
                + " "
                + names.relation("noted")
                + " as\n"
                + NOTED.replace("{files}", files.apply(StagedTable.COUNTS)));
        statement.execute(
            create
                + " "
                + names.relation("rejected_sales")
                + " as\n"
                + RejectedSales.IDS.replace("{files}", files.apply(StagedTable.COUNTS)));
      }
    } catch (SQLException e) {
      throw new WarehouseException("show the staging of run " + names.runId(), e);
    }
  }

  /** Returns the core table that the rows of a staged table become. */
  public static String relation(StagedTable table) {
    return table == StagedTable.COUNTS ? "load_run_feeds" : table.toString();
  }

  private static String query(StagedTable table) {
    return switch (table) {
      case SALE_VERSIONS -> VERSIONS;
      case SALES_KPI -> KPIS;
      case VEHICLES -> VEHICLES;
      case DEALERS -> DEALERS;
      case REJECTED_RECORDS -> REJECTED;
      case TREND_FEATURES -> TRENDS;
      case FORECASTS, FORECAST_ACCURACY ->
          SqlFile.read(StagedRelations.class, table.toString().replace('_', '-'));
      case COUNTS -> COUNTS;
      case MARKET_REGISTRATIONS -> vintages(MarketTable.MARKET_REGISTRATIONS);
      case FUEL_PRICES -> vintages(MarketTable.FUEL_PRICES);
      case MARKET_ATTENTION -> vintages(MarketTable.MARKET_ATTENTION);
      case UNMAPPED_NAMES -> UNMAPPED;
      case MARKET_REGISTRATIONS_LIVE,
          FUEL_PRICES_LIVE,
          MARKET_ATTENTION_LIVE,
          TREND_FEATURES_LIVE ->
          throw new IllegalArgumentException(table + " is dropped, never staged");
    };
  }

  private static String vintages(MarketTable table) {
    return Arrays.stream(StagedTable.columns(table))
        .map(column -> "    cast(%1$s as %2$s) as %1$s".formatted(column, type(column)))
        .collect(Collectors.joining(",\n", "select\n", "\nfrom {files}\n"));
  }

  private static String type(String column) {
    return switch (column) {
      case "period_start", "day", "known_on" -> "date";
      case "registrations", "stations", "views", "mentions", "records", "conflicts" -> "bigint";
      case "average_price", "minimum_price", "maximum_price" -> "decimal(18, 4)";
      case "sentiment_mean" -> "decimal(9, 6)";
      case "dated" -> "boolean";
      default -> "varchar";
    };
  }

  /** Returns the rejected records of each feed and code, most first: what the summary shows. */
  public List<RejectedCount> rejectedCounts(Connection connection) {
    return rejectedCounts(connection, names.relation("rejected_records"));
  }

  /** Returns the same of a replay, where a record that was read twice counts once. */
  public List<RejectedCount> replayedCounts(Connection connection) {
    return rejectedCounts(connection, ReplayedRecords.records(names) + " as records");
  }

  private List<RejectedCount> rejectedCounts(Connection connection, String records) {
    return query(
        connection,
        "select feed, code, count(*) from "
            + records
            + " group by feed, code order by 3 desc, 1, 2",
        row -> new RejectedCount(row.getString(1), row.getString(2), row.getLong(3)));
  }

  /**
   * Returns the names that the manifest's mappings do not know, those of most records first: what
   * the summary shows.
   */
  public List<UnmappedCount> unmappedNames(Connection connection) {
    return query(
        connection,
        "select feed, field, name, records from "
            + names.relation("unmapped_names")
            + " order by 4 desc, 1, 2, 3",
        row ->
            new UnmappedCount(
                row.getString(1), row.getString(2), row.getString(3), row.getLong(4)));
  }

  /** Returns the keys that records of JSON lack, by feed. */
  public List<AbsentKey> absentKeys(Connection connection) {
    return query(
        connection,
        "select feed, name, records from "
            + names.relation("noted")
            + " where measure = 'ABSENT' order by 1, 2",
        row -> new AbsentKey(row.getString(1), row.getString(2), row.getLong(3)));
  }

  /** Returns the periods that a later extract spans and lacks, and what none can withdraw. */
  public List<Withdrawal> withdrawals(Connection connection) {
    return query(
        connection,
        "select feed, name, records from "
            + names.relation("noted")
            + " where measure <> 'ABSENT' order by 1, 2",
        row -> new Withdrawal(row.getString(1), row.getString(2), row.getLong(3)));
  }

  /**
   * How many registrations a later extract withdraws with their period, or none can withdraw.
   *
   * @param feed the feed
   * @param period first day, grain and region of the period; empty for records without a time of
   *     extraction
   * @param records how many
   */
  public record Withdrawal(String feed, String period, long records) {}

  /**
   * How many records of JSON have no value under a key, not even null.
   *
   * @param feed the feed
   * @param name the key
   * @param records how many
   */
  public record AbsentKey(String feed, String name, long records) {}

  /**
   * How many records have a name that no mapping knows.
   *
   * @param feed the feed
   * @param field the field
   * @param name the name, as a member name
   * @param records how many
   */
  public record UnmappedCount(String feed, String field, String name, long records) {}

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
            "select min(sold_on), max(sold_on) from "
                + names.relation("sale_versions")
                + " where fate = 'OUT_OF_RANGE' having count(*) > 0",
            row ->
                new BusinessInterval(
                    row.getObject(1, LocalDate.class),
                    row.getObject(2, LocalDate.class).plusDays(1)))
        .stream()
        .findFirst();
  }

  /**
   * Returns, for each reference feed, the current sales whose id it does not know: what the summary
   * shows. They count under what they say themselves, or UNKNOWN.
   *
   * @param feeds the reference feeds that are staged
   */
  public List<UnknownIds> unknownIds(Connection connection, Set<Feed> feeds) {
    return feeds.stream()
        .filter(feed -> feed == Feed.DEALERS || feed == Feed.VEHICLES)
        .sorted()
        .flatMap(feed -> unknownIds(connection, feed).stream())
        .toList();
  }

  private Optional<UnknownIds> unknownIds(Connection connection, Feed feed) {
    List<Long> sales = new ArrayList<>();
    List<String> examples =
        query(
            connection,
            UNKNOWN_IDS
                .replace("{key}", key(feed))
                .replace("{sales}", names.relation("sale_versions"))
                .replace("{feed}", names.relation(feed.toString())),
            row -> {
              sales.add(row.getLong(2));
              return row.getString(1);
            });
    return examples.isEmpty()
        ? Optional.empty()
        : Optional.of(new UnknownIds(feed, sales.get(0), examples));
  }

  /**
   * Current sales of dealers or models that the reference feed does not have.
   *
   * @param feed dealers or vehicles
   * @param sales how many
   * @param examples up to three ids, those of most sales first
   */
  public record UnknownIds(Feed feed, long sales, List<String> examples) {
    /** Copies the list. */
    public UnknownIds {
      examples = List.copyOf(examples);
    }
  }

  /**
   * Returns the published sales of which the run rejected records: what the summary shows once it
   * has published.
   */
  public RejectedSales rejectedSales(Connection connection) {
    List<Long> sales = new ArrayList<>();
    List<String> examples =
        query(
            connection,
            RejectedSales.PUBLISHED
                .replace("{ids}", names.relation("rejected_sales"))
                .replace("{core}", Warehouse.SCHEMA),
            row -> {
              sales.add(row.getLong(2));
              return row.getString(1);
            });
    return examples.isEmpty() ? RejectedSales.NONE : new RejectedSales(sales.get(0), examples);
  }

  private <T> List<T> query(Connection connection, String sql, Session.RowReader<T> reader) {
    try {
      return new Session(connection, Map.of()).query(sql, reader);
    } catch (SQLException e) {
      throw new WarehouseException("read the staging of run " + names.runId(), e);
    }
  }

  /** Returns the key of a reference feed's table: its first field. */
  public static String key(Feed feed) {
    return SqlNames.identifier(feed.fields().get(0).name());
  }
}
