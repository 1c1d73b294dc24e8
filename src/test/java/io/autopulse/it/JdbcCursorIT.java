package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.cli.InProcessCli;
import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.feed.SourceCheck;
import io.autopulse.pipeline.manifest.ManifestReader;
import io.autopulse.sink.publish.AuditFailedException;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.Refresh;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An ERP's PostgreSQL, read by the time of a row's last change, gives what reading all of it gives,
 * while its rows change, move to other days and are deleted between two runs.
 */
class JdbcCursorIT {
  private static EmbeddedPostgres postgres;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  /** The bounds are worked out by hand: the covered dates begin on Monday, 27 May, in Paris. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # column's type, its zone,         bound as a literal of that type,              ranges
          timestamptz,     UTC,              timestamptz '2024-05-25 00:00+00',            4
          timestamp,       America/New_York, timestamp '2024-05-25 00:00',                 4
          date,            Europe/Paris,     date '2024-05-26',                            0
          """)
  void secondRunReadsTheRowsFromTheBoundOnAndPublishesWhatAFullReadDoes(
      String type, String zone, String bound, int ranges) throws Exception {
    fill(type);
    String parallel = ranges == 0 ? "" : ", partition_column: id, partitions: " + ranges;
    Path whole = manifest("whole.yaml", zone, "");
    Path byCursor = manifest("cursor.yaml", zone, ", cursor_column: changed_at" + parallel);
    Path expected = folder.resolve("whole.duckdb");
    Path actual = folder.resolve("cursor.duckdb");
    long all = count("true");
    Refresh.of(byCursor, actual).run();
    assertThat("all dates have all rows", rowsRead(actual), is(all));
    Files.copy(actual, expected);
    assertThat(sale(actual, "G0001"), is(List.of("SOLD|2024-06-04")));
    assertThat(sale(actual, "M0001"), is(List.of("SOLD|2024-02-05")));

    change();
    Refresh.of(whole, expected).over("2024-06-01", "2024-06-20").run();
    Refresh.of(byCursor, actual).over("2024-06-01", "2024-06-20").run();

    long selected = count("changed_at >= " + bound + " or changed_at is null");
    assertThat(rowsRead(expected), is(count("true")));
    assertThat(rowsRead(actual), is(selected));
    assertThat(selected, is(greaterThan(count("changed_at is null"))));
    assertThat(selected, is(lessThan(count("true") / 2)));
    assertThat(PublishedTables.of(actual), is(PublishedTables.of(expected)));

    assertThat("deleted in the ERP", sale(actual, "G0001"), is(empty()));
    assertThat(
        "its versions stay",
        PublishedTables.query(actual, "select count(*) from sale_versions where sale_id = 'G0001'"),
        is(List.of("1")));
    assertThat("marked as deleted", sale(actual, "D0001"), is(List.of("CANCELLED|2024-06-05")));
    assertThat("moved into June", sale(actual, "M0001"), is(List.of("SOLD|2024-06-03")));
    assertThat("returned in June", sale(actual, "R0001"), is(List.of("RETURNED|2024-05-28")));
    assertThat(
        "without a cursor, changed all the same",
        PublishedTables.query(
            actual, "select net_price, list_price, dealer_id from sales where sale_id = 'N0001'"),
        is(List.of("20000.05|null|01000")));
    assertThat(
        "no cent is lost, no code becomes a number",
        PublishedTables.query(
            actual,
            "select (select sum(net_price) from sales where sold_on >= date '2024-05-27' and sold_on < date '2024-07-01'), (select min(dealer_id) from sales)"),
        is(List.of(currentPrices(zone) + "|01000")));
  }

  @Test
  void datesWithoutRowsAreNotPublished() throws Exception {
    fill("timestamptz");
    execute("delete from sales where changed_at is null");
    Path warehouse = folder.resolve("none.duckdb");
    for (String parallel : List.of("", ", partition_column: id, partitions: 4")) {
      Refresh empty =
          Refresh.of(
                  manifest("none.yaml", "UTC", ", cursor_column: changed_at" + parallel), warehouse)
              .over("2030-01-01", "2030-02-01");
      assertThat(
          assertThrows(AuditFailedException.class, empty::run).getMessage(),
          containsString(
              "feeds-not-empty: sales have records, and so have vehicles and dealers that had any"));
    }
    assertThat(
        PublishedTables.query(
            warehouse, "select distinct feed, rows_read, rows_rejected from load_run_feeds"),
        is(List.of("sales|0|0")));
    assertThat(PublishedTables.query(warehouse, "select count(*) from sales"), is(List.of("0")));
  }

  @Test
  void marginTakesInSalesThatAreDatedAhead() throws Exception {
    fill("timestamptz");
    execute(
        """
        insert into sales (sale_id, changed_at, status, sold_at, dealer_id, net_price)
        values ('A0001', '2024-05-10 10:00+02', 'SOLD', '2024-06-10 12:00', '01000', 30000)
        """);
    Path warehouse = folder.resolve("ahead.duckdb");
    Refresh.of(manifest("day.yaml", "UTC", ", cursor_column: changed_at"), warehouse)
        .over("2024-06-01", "2024-06-20")
        .run();
    assertThat(sale(warehouse, "A0001"), is(empty()));
    Refresh.of(
            manifest("weeks.yaml", "UTC", ", cursor_column: changed_at, cursor_margin: 5w"),
            warehouse)
        .over("2024-06-01", "2024-06-20")
        .run();
    assertThat(sale(warehouse, "A0001"), is(List.of("SOLD|2024-06-10")));
  }

  @Test
  void columnThatCannotBeComparedEndsTheRun() throws Exception {
    fill("timestamptz");
    assertThat(
        failure("sale_id"),
        containsString(
            "feeds.sales.from.cursor_column: \"sale_id\" is of type varchar. Name a column of type timestamptz, timestamp or date, or cast it in the query"));
    assertThat(
        failure("changed"),
        containsString(
            "feeds.sales.from.cursor_column: the database refuses it: column \"changed\" does not exist"));
  }

  @Test
  void namesAreComparedWithTheColumnsOfTheDatabase() throws Exception {
    execute(
        """
        drop table if exists cars;
        create table cars (sale_id text, status text, sold_at date, net_price int, marke text, phone text, "List Price" int)
        """);
    assertThat(
        problems("table: cars", "columns: {make: mark, list_price: LIST PRICE}, sensitive: [fone]"),
        is(
            List.of(
                "m.yaml:3: feeds.sales.columns.make: cars has no column \"mark\". Did you mean \"marke\"?",
                "m.yaml:3: feeds.sales.sensitive: cars has no column \"fone\". Did you mean \"phone\"?")));
    assertThat(
        problems("table: cars", "columns: {make: MARKE}"),
        is(
            List.of(
                "m.yaml:3: feeds.sales.columns: cars has no column \"list_price\", but one that looks like it: \"List Price\" in column 7. Did you mean columns: {list_price: \"List Price\"}?")));
    assertThat(
        problems(
            "query: 'select sale_id, status, sold_at, net_price, net_price from cars'",
            "sensitive: []"),
        is(
            List.of(
                "m.yaml:3: feeds.sales: query of sales has the column \"net_price\" twice: \"net_price\" in column 4 and \"net_price\" in column 5. Rename or remove one of them in the source")));
    assertThat(
        problems("table: carz", "sensitive: []").get(0),
        containsString("m.yaml:3: feeds.sales.from.table: the database has no table \"carz\""));
    assertThat(
        problems(
            "query: 'select sale_id, status, sold_at, net_price, marke from cars'",
            "columns: {make: MARKE}"),
        is(empty()));
  }

  private static List<String> problems(String table, String more) {
    String manifest =
        """
        job: names
        feeds:
          sales: {from: {type: jdbc, url: "jdbc:postgresql://127.0.0.1:%d/postgres", user: postgres, %s}, %s}
        """
            .formatted(postgres.getPort(), table, more);
    try {
      SourceCheck.check(new ManifestReader(Map.of()).read("m.yaml", manifest, List.of()));
      return List.of();
    } catch (InputException e) {
      return e.getMessage().lines().toList();
    }
  }

  private String failure(String column) throws IOException {
    Path manifest = manifest(column + ".yaml", "UTC", ", cursor_column: " + column);
    return InProcessCli.run(
            "run",
            manifest.toString(),
            "--from=2024-06-01",
            "--to=2024-06-20",
            "--runner-config=direct",
            "--warehouse=duckdb:" + folder.resolve("wrong.duckdb"))
        .mustExit(2)
        .err();
  }

  private static void fill(String type) throws SQLException {
    Random random = new Random(23);
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      // The hours until midsummer; a version is made when the sale is, or later.
      int sold = random.nextInt(4_200);
      int changed = Math.min(4_200, sold + (i % 3 == 0 ? random.nextInt(1_500) : 0));
      rows.append(
          ",\n('S%04d', timestamptz '2024-01-01 00:00+01' + interval '%d hours', '%s', timestamp '2024-01-01 00:00' + interval '%d hours', '0%d', %d.%02d, %s)"
              .formatted(
                  random.nextInt(1_700),
                  changed,
                  List.of("SOLD", "SOLD", "SOLD", "CANCELLED", "RETURNED").get(random.nextInt(5)),
                  sold,
                  1_000 + random.nextInt(20),
                  10_000 + random.nextInt(30_000),
                  random.nextInt(100),
                  i % 4 == 0 ? "null" : "45000.5"));
    }
    execute(
        """
        drop table if exists sales;
        set timezone = 'Europe/Paris';
        create table sales (
            id serial primary key, sale_id varchar(40) not null, changed_at %s, deleted_at %s, status text,
            sold_at timestamp, dealer_id varchar(10), net_price numeric(18, 2), list_price numeric(18, 2));
        insert into sales (sale_id, changed_at, status, sold_at, dealer_id, net_price, list_price) values
        ('G0001', '2024-06-04 09:00+02', 'SOLD', '2024-06-04 09:00', '01000', 11000.10, null),
        ('D0001', '2024-06-05 09:00+02', 'SOLD', '2024-06-05 09:00', '01001', 12000.20, null),
        ('M0001', '2024-02-05 09:00+01', 'SOLD', '2024-02-05 09:00', '01002', 13000.30, null),
        ('R0001', '2024-05-28 09:00+02', 'SOLD', '2024-05-28 09:00', '01003', 14000.40, null),
        ('F0001', '2024-05-27 00:00+02', 'SOLD', '2024-05-27 00:00', '01004', 15000.50, 15000.50),
        ('N0001', null, 'SOLD', '2024-06-06 09:00', '01000', 20000.00, null),
        ('N0002', null, 'SOLD', '2024-03-06 09:00', '01000', 21000.00, null)%s
        """
            .formatted(type, type, rows));
  }

  private static void change() throws SQLException {
    execute(
        """
        set timezone = 'Europe/Paris';
        delete from sales where sale_id = 'G0001';
        delete from sales where id = (select id from sales where sold_at < '2024-02-01' limit 1);
        update sales set deleted_at = '2024-06-18 10:00+02' where sale_id = 'D0001';
        update sales set net_price = 20000.05 where sale_id = 'N0001';
        insert into sales (sale_id, changed_at, status, sold_at, dealer_id, net_price) values
        ('M0001', '2024-06-17 10:00+02', 'SOLD', '2024-06-03 11:00', '01002', 13000.30),
        ('R0001', '2024-06-18 10:00+02', 'RETURNED', '2024-05-28 09:00', '01003', 14000.40),
        ('L0001', '2024-06-19 10:00+02', 'CANCELLED', '2024-02-20 09:00', '01005', 9000);
        """);
  }

  /** The sum of the highest versions by PostgreSQL, whose times without a zone are the feed's. */
  private static String currentPrices(String zone) throws SQLException {
    return value(
        """
        with latest as (
            select distinct on (sale_id) sold_at at time zone '%1$s' at time zone 'Europe/Paris' as sold_at, net_price
            from sales
            order by
                sale_id,
                coalesce(greatest(changed_at, deleted_at)::timestamp at time zone '%1$s', sold_at at time zone '%1$s') desc,
                id desc
        )
        select sum(net_price) from latest where sold_at >= '2024-05-27' and sold_at < '2024-07-01'
        """
            .formatted(zone));
  }

  private static long count(String condition) throws SQLException {
    return Long.parseLong(value("select count(*) from sales where " + condition));
  }

  private static String value(String sql) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
      return PublishedTables.rows(connection, sql).get(0);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long rowsRead(Path warehouse) {
    return Long.parseLong(
        PublishedTables.query(
                warehouse,
                "select rows_read from load_run_feeds where feed = 'sales' and run_id = (select max(run_id) from load_runs)")
            .get(0));
  }

  private static List<String> sale(Path warehouse, String id) {
    return PublishedTables.query(
        warehouse, "select status, sold_on from sales where sale_id = '" + id + "'");
  }

  private Path manifest(String name, String zone, String more) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        """
        job: erp-refresh
        timezone: Europe/Paris
        lookback: all
        feeds:
          sales:
            from:
              {type: jdbc, url: "jdbc:postgresql://127.0.0.1:%d/postgres", user: postgres, query: "%s"%s}
            columns: {updated_at: changed_at, sequence: id}
            formats: {timezone: %s}
        """
            .formatted(
                postgres.getPort(),
                "select id, sale_id, greatest(changed_at, deleted_at) as changed_at, case when deleted_at is null then status else 'CANCELLED' end as status, sold_at, dealer_id, net_price, list_price from sales",
                more,
                zone));
  }
}
