package io.autopulse.generate.truth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.autopulse.generate.LandingZoneGenerator;
import io.autopulse.generate.work.GenerateProgress;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.generate.world.SaleRates;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds every cell of the truth against SQL over the generated files: another engine, another way
 * to each number.
 */
class TruthAgainstDuckDbTest {
  private static final int VERSIONS = 3_000;

  @TempDir private static Path folder;
  private static Connection duckDb;

  @BeforeAll
  static void readFilesWithSql() throws IOException, SQLException {
    Path zone = folder.resolve("zone");
    SaleRates restless = new SaleRates(0, 0.3, 0.06, 0.04, 0.05, 0.2);
    LandingZoneGenerator.generate(
        GenerateSpec.into(zone).withVersions(VERSIONS).withSizes(25, 60, 4).withRates(restless),
        GenerateProgress.SILENT);
    duckDb = DriverManager.getConnection("jdbc:duckdb:");
    run(
        "create table raw as select * from read_csv('"
            + zone
            + "/sales/*.csv', all_varchar = true)");
    run(
        "create table vehicles as from read_csv('"
            + zone
            + "/vehicles/*.csv', all_varchar = true)");
    run("create table dealers as from read_csv('" + zone + "/dealers/*.csv', all_varchar = true)");
    run("create table truth as from read_csv('" + zone + "/truth/kpis.csv', all_varchar = true)");
    run("create table counts as from read_csv('" + zone + "/truth/counts.csv')");
    run(
        "create table listed as from read_csv('"
            + zone
            + "/truth/current_sales.csv', all_varchar = true)");
    run(VERSIONS_SQL);
    run(cellsSql());
  }

  @AfterAll
  static void close() throws SQLException {
    duckDb.close();
  }

  @Test
  void everyCellAndMeasureEqualsWhatSqlFinds() throws SQLException {
    assertThat(rows("from truth except all from expected order by all limit 5"), is(empty()));
    assertThat(rows("from expected except all from truth order by all limit 5"), is(empty()));
  }

  @Test
  void everyDimensionAndGrainIsThere() throws SQLException {
    assertThat(
        rows("select dimension, count(distinct grain) from truth group by all order by 1"),
        is(
            List.of(
                "dealer|3",
                "make|3",
                "model|3",
                "powertrain|3",
                "region|3",
                "region x model|3",
                "region x powertrain|3",
                "segment|3",
                "total|3")));
  }

  @Test
  void totalsOfAllDaysAddUpToTheSales() throws SQLException {
    assertThat(
        rows(
            "select sum(units_sold::int + units_cancelled::int + units_returned::int) from truth"
                + " where grain = 'day' and dimension = 'total'"),
        is(rows("select count(distinct sale_id) from raw")));
  }

  @Test
  void supersededVersionsLeaveCellsWithoutUnits() throws SQLException {
    assertThat(
        number(
            "select count(*) from truth where units_sold = '0' and units_cancelled = '0'"
                + " and units_returned = '0' and revision::int > 1"),
        greaterThan(20L));
  }

  @Test
  void countsAreThoseOfTheFiles() throws SQLException {
    assertThat(
        rows("from counts where feed = 'sales'"),
        is(
            rows(
                "select 'sales', count(*), 0, count(*) - "
                    + VERSIONS
                    + ", "
                    + VERSIONS
                    + " - count(distinct sale_id), count(distinct sale_id) from raw")));
    assertThat(rows("from counts where feed = 'vehicles'"), is(List.of("vehicles|60|0|0|0|60")));
    assertThat(rows("from counts where feed = 'dealers'"), is(List.of("dealers|25|0|0|0|25")));
  }

  @Test
  void listedCurrentSalesAreTheHighestVersions() throws SQLException {
    String current =
        "select sale_id, updated_at, sequence, status, sold_at, sold_on::varchar, model_id, make,"
            + " model_name, segment, powertrain, dealer, region, list_cents, net_cents, channel, source"
            + " from versions where current";
    String listed =
        "select sale_id, updated_at, sequence, status, sold_at, sold_on, model_id, upper(make),"
            + " upper(model), upper(segment), upper(powertrain), dealer_id, upper(region),"
            + " (list_price::decimal(18,2) * 100)::bigint, (net_price::decimal(18,2) * 100)::bigint,"
            + " channel, source from listed";
    assertThat(rows(current + " except all " + listed), is(empty()));
    assertThat(rows(listed + " except all " + current), is(empty()));
  }

  @Test
  void someSalesFallOnAnotherDateThanInUtc() throws SQLException {
    assertThat(
        number("select count(*) from versions where sold_on::varchar <> left(sold_at, 10)"),
        greaterThan(5L));
  }

  @Test
  void someVersionsDifferInSequenceOnly() throws SQLException {
    assertThat(
        number(
            "select count(*) from (select sale_id, updated_at from versions group by all"
                + " having count(*) > 1)"),
        greaterThan(5L));
  }

  @Test
  void lateVersionsStandBehindNewerOnes() throws SQLException {
    assertThat(
        number(
            """
            with places as (
                select sale_id, updated_at, sequence::int as sequence, min(filename) as file
                from read_csv('%s/zone/sales/*.csv', all_varchar = true, filename = true)
                group by all
            )
            select count(*) from places as old join places as new using (sale_id)
            where old.sequence < new.sequence and old.file > new.file
            """
                .formatted(folder)),
        greaterThan(20L));
  }

  @Test
  void regionsAreWrittenInManyWays() throws SQLException {
    assertThat(
        number("select count(distinct region) from raw where region is not null"),
        greaterThan(30L));
    assertThat(number("select count(distinct region) from versions"), is(14L));
  }

  /**
   * Distinct versions with their attributes. Paris keeps summer time from 31 March to 27 October
   * 2024, 01:00 UTC.
   */
  private static final String VERSIONS_SQL =
      """
      create table versions as
      with distinct_versions as (select distinct * from raw),
      named as (
          select
              s.*,
              (s.sold_at::timestamp + case
                  when s.sold_at >= '2024-03-31T01:00:00Z' and s.sold_at < '2024-10-27T01:00:00Z'
                  then interval 2 hours else interval 1 hour end)::date as sold_on,
              upper(v.make) as make,
              upper(v.model) as model_name,
              upper(v.make || ' ' || v.model) as model,
              upper(v.segment) as segment,
              v.powertrain,
              coalesce(s.dealer_id, 'UNKNOWN') as dealer,
              coalesce(
                  upper(nfc_normalize(trim(regexp_replace(
                      replace(replace(replace(s.region, 'Ã©', 'é'), 'Ã´', 'ô'), 'ÃŽ', 'Î'),
                      '[\\s\\x{A0}]+', ' ', 'g')))),
                  upper(d.region),
                  'UNKNOWN') as region_member,
              (coalesce(s.list_price, v.list_price)::decimal(18,2) * 100)::bigint as list_cents,
              (s.net_price::decimal(18,2) * 100)::bigint as net_cents,
              row_number() over (
                  partition by sale_id order by s.updated_at desc, sequence::int desc) = 1 as current
          from distinct_versions as s
          left join vehicles as v using (model_id)
          left join dealers as d using (dealer_id)
      )
      select * exclude (region, region_member, dealer_id), region_member as region from named
      """;

  private static String cellsSql() {
    List<String> cells = new ArrayList<>();
    for (String grain : List.of("day", "week", "month")) {
      for (String[] dimension :
          new String[][] {
            {"total", "'ALL'"},
            {"make", "make"},
            {"model", "model"},
            {"segment", "segment"},
            {"powertrain", "powertrain"},
            {"region", "region"},
            {"dealer", "dealer"},
            {"region x powertrain", "region || ' x ' || powertrain"},
            {"region x model", "region || ' x ' || model"},
          }) {
        cells.add(
            "select '%s' as grain, date_trunc('%s', sold_on)::date as start, (date_trunc('%s', sold_on) + interval 1 %s)::date as ending, '%s' as dimension, %s as member, * exclude (make, model, segment, powertrain, region, dealer) from versions"
                .formatted(grain, grain, grain, grain, dimension[0], dimension[1]));
      }
    }
    return """
    create table expected as
    with cells as (%s),
    ranked as (
        select *, current and status = 'SOLD' as sold,
            case when current and status = 'SOLD' then row_number() over (
                partition by grain, start, dimension, member, current and status = 'SOLD'
                order by net_cents) end as rank,
            2 * pow(1.01 / 0.99, ceil(ln(net_cents) / ln(1.01 / 0.99))) / (1.01 / 0.99 + 1) as bin
        from cells
    ),
    counted as (
        select *, count(*) filter (where sold) over (
            partition by grain, start, dimension, member) as n
        from ranked
    ),
    added as (
        select grain, start, ending, dimension, member,
            count(*) filter (where sold) as units_sold,
            count(*) filter (where current and status = 'CANCELLED') as units_cancelled,
            count(*) filter (where current and status = 'RETURNED') as units_returned,
            coalesce(sum(net_cents) filter (where sold), 0) as revenue,
            max(bin) filter (where rank = ceil(n * 5 / 10.0)) as median,
            max(bin) filter (where rank = ceil(n * 1 / 10.0)) as p10,
            max(bin) filter (where rank = ceil(n * 9 / 10.0)) as p90,
            sum(net_cents) filter (where sold and list_cents > 0) as discount_net,
            sum(list_cents) filter (where sold and list_cents > 0) as discount_list,
            count(*) + count(*) filter (where not current) as revision
        from counted group by all
    ),
    shared as (
        select *, sum(units_sold) filter (where dimension = 'total') over (
            partition by grain, start) as units_in_window
        from added
    )
    select grain, start::varchar as window_start, ending::varchar as window_end, dimension, member,
        units_sold::varchar as units_sold,
        units_cancelled::varchar as units_cancelled,
        units_returned::varchar as units_returned,
        printf('%%.2f', revenue / 100) as revenue,
        case when units_sold > 0 then printf('%%.2f', ((2 * revenue + units_sold) // (2 * units_sold)) / 100) end
            as average_price,
        printf('%%.2f', round(median) / 100) as median_price,
        printf('%%.2f', round(p10) / 100) as p10_price,
        printf('%%.2f', round(p90) / 100) as p90_price,
        printf('%%.6f', ((2000000 * (discount_list - discount_net) + discount_list) // (2 * discount_list)) / 1000000) as average_discount,
        case when units_in_window > 0 then printf('%%.6f', ((2000000 * units_sold + units_in_window) // (2 * units_in_window)) / 1000000) end
            as sales_mix,
        revision::varchar as revision
    from shared
    """
        .formatted(String.join(" union all ", cells));
  }

  private static void run(String sql) throws SQLException {
    try (Statement statement = duckDb.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(String sql) throws SQLException {
    return Long.parseLong(rows(sql).get(0));
  }

  private static List<String> rows(String sql) throws SQLException {
    try (Statement statement = duckDb.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(result.getString(i));
        }
        rows.add(String.join("|", row));
      }
      return rows;
    }
  }
}
