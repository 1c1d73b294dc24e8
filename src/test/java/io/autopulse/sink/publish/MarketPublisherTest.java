package io.autopulse.sink.publish;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.testing.MigratedFile;
import io.autopulse.testing.PublishedTables;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarketPublisherTest {
  private static final String HISTORY =
      "select make, known_on, registrations, run_id from market_registrations_history order by 1, 2";
  private static final String LATEST =
      "select make, registrations, run_id from market_registrations order by 1";

  private static final String ALL_HISTORY =
      "select make, known_on, registrations, run_id from market_registrations_history_all order by 1, 2";
  private static final String CURRENT =
      "select make, registrations, run_id from market_registrations_current order by 1";

  @TempDir private Path directory;

  private DuckDbWarehouse warehouse;
  private Connection connection;

  @BeforeEach
  void openWarehouse() throws IOException {
    warehouse =
        DuckDbWarehouse.open(MigratedFile.at(directory.resolve("test.duckdb")), DuckDbSettings.RUN);
    connection = warehouse.connect();
  }

  @AfterEach
  void closeWarehouse() throws SQLException {
    connection.close();
    warehouse.close();
  }

  private List<String> rows(String sql) throws SQLException {
    return PublishedTables.rows(connection, sql);
  }

  private StagedMarket first(String runId, String day) throws SQLException {
    return StagedMarket.on(connection, runId, day)
        .registrations("RENAULT", "2024-06-03", 100)
        .registrations("RENAULT", "2024-06-10", 104)
        .registrations("TESLA", "2024-06-03", 30)
        .counted(3, 1, 0);
  }

  private void live(String make, String knownOn, int units, int revision, String computedAt)
      throws SQLException {
    LocalDate day = LocalDate.parse(knownOn);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into market_registrations_live values (date '2024-05-01', 'month', 'ALL', '%s', 'ALL', 'ALL', date '%s', timestamp '%s 22:00:00', %d, %d, timestamp '%s', 'live')"
              .formatted(make, day, day, units, revision, computedAt));
    }
  }

  @Test
  void liveVintagesShowUntilTheMarketJobHasPublishedThem() throws SQLException {
    live("RENAULT", "2024-06-03", 90, 1, "2024-06-03 05:00:00");
    live("RENAULT", "2024-06-03", 100, 2, "2024-06-03 06:00:00");
    live("RENAULT", "2024-06-05", 100, 2, "2024-06-05 06:00:00");
    live("RENAULT", "2024-06-10", 104, 3, "2024-06-10 06:00:00");
    live("NIO", "2024-06-11", 3, 1, "2024-06-11 06:00:00");
    List<String> live =
        List.of(
            "NIO|2024-06-11|3|live", "RENAULT|2024-06-03|100|live", "RENAULT|2024-06-10|104|live");
    assertThat(
        "of a vintage the highest revision, and none that says nothing new",
        rows(ALL_HISTORY),
        is(live));
    assertThat(rows(CURRENT), contains("NIO|3|live", "RENAULT|104|live"));
    assertThat(rows(LATEST), is(empty()));

    assertThat(first("r1", "2024-06-11").publish().published(), is(true));
    assertThat(
        rows(ALL_HISTORY),
        contains(
            "NIO|2024-06-11|3|live",
            "RENAULT|2024-06-03|100|r1",
            "RENAULT|2024-06-10|104|r1",
            "TESLA|2024-06-03|30|r1"));
    assertThat(
        "what is published is taken over",
        rows("select make, known_on from market_registrations_live order by all"),
        contains("NIO|2024-06-11", "RENAULT|2024-06-05"));

    // The run started at noon.
    live("TESLA", "2024-06-11", 31, 2, "2024-06-11 12:00:05");
    live("RENAULT", "2024-06-10", 999, 9, "2024-06-11 12:00:05");
    assertThat(
        "a day that was over is settled, another one is not",
        rows(CURRENT),
        contains("NIO|3|live", "RENAULT|104|r1", "TESLA|31|live"));
    StagedMarket.on(connection, "r2", "2024-06-11")
        .registrations("TESLA", "2024-06-03", 30)
        .registrations("TESLA", "2024-06-11", 32)
        .counted(2, 1, 0)
        .publish();
    assertThat("told after the start of the last run", rows(CURRENT), hasItem("TESLA|31|live"));
    StagedMarket.on(connection, "r3", "2024-06-12")
        .registrations("TESLA", "2024-06-03", 30)
        .registrations("TESLA", "2024-06-11", 32)
        .counted(2, 1, 0)
        .publish();
    assertThat(rows(CURRENT), contains("NIO|3|live", "RENAULT|104|r1", "TESLA|32|r2"));
    assertThat(
        rows("select make, known_on from market_registrations_live order by all"),
        contains("NIO|2024-06-11", "RENAULT|2024-06-05"));
  }

  @Test
  void liveRunSettlesNoDay() throws SQLException {
    first("r1", "2024-06-11").publish();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into load_runs (run_id, job, status, started_at) values ('live', 'live-market', 'PUBLISHED', timestamp '2024-06-20')");
      statement.execute(
          "insert into load_run_feeds (run_id, feed, rows_read, rows_accepted, rows_rejected, rows_duplicate, rows_superseded, rows_out_of_range, rows_published) values ('live', 'registrations', 1, 0, 1, 0, 0, 0, 0)");
    }
    StagedMarket.on(connection, "r2", "2024-06-11")
        .registrations("RENAULT", "2024-06-03", 100)
        .registrations("RENAULT", "2024-06-11", 105)
        .counted(2, 1, 0)
        .publish();
    StagedMarket.on(connection, "r3", "2024-06-12")
        .registrations("RENAULT", "2024-06-03", 100)
        .registrations("RENAULT", "2024-06-11", 106)
        .counted(2, 1, 0)
        .publish();
    assertThat(
        "the day was open for the market job",
        rows(HISTORY),
        contains(
            "RENAULT|2024-06-03|100|r1",
            "RENAULT|2024-06-10|104|r1",
            "RENAULT|2024-06-11|106|r3",
            "TESLA|2024-06-03|30|r1"));
  }

  @Test
  void everyVintageIsKeptAndTheLastIsTheFigure() throws SQLException {
    assertThat(first("r1", "2024-06-11").publish().published(), is(true));
    assertThat(
        rows(HISTORY),
        contains(
            "RENAULT|2024-06-03|100|r1", "RENAULT|2024-06-10|104|r1", "TESLA|2024-06-03|30|r1"));
    assertThat(rows(LATEST), contains("RENAULT|104|r1", "TESLA|30|r1"));
    assertThat(
        rows("select job, status, interval_from, interval_to from load_runs"),
        contains("market-data|PUBLISHED|null|null"));
    assertThat(
        rows("select audit from load_run_audits where passed order by 1"),
        contains(
            "counts-balance",
            "feeds-not-empty",
            "figures-plausible",
            "keys-not-null",
            "records-agree",
            "rejected-share",
            "rows-as-counted",
            "vintage-keys-unique"));
  }

  @Test
  void feedThatHadRecordsAndIsEmptyStopsTheRun() throws SQLException {
    first("r1", "2024-06-11").publish();
    StagedMarket empty = StagedMarket.on(connection, "r2", "2024-06-12");

    AuditFailedException failed = assertThrows(AuditFailedException.class, empty::publish);
    assertThat(
        failed.report().failures().get(0).detail().lines().toList(),
        contains(
            "every feed that had records has some",
            "registrations: expected at least a record that can be used, found 0 records read, 0 of them rejected",
            "look at: registrations (csv registrations.csv): whether the export has ended, and its rejected records. Take a feed that has come to its end out of the manifest"));
    assertThat(failed.report().feeds().get(0).feed(), is("registrations"));
  }

  @Test
  void repeatedRunChangesNothing() throws SQLException {
    first("r1", "2024-06-11").publish();
    List<String> history = rows(HISTORY);
    List<String> latest = rows(LATEST);
    first("r2", "2024-06-12").publish();
    assertThat(rows(HISTORY), is(history));
    assertThat(rows(LATEST), is(latest));
  }

  @Test
  void laterExtractionAddsAVintageAndLeavesTheOlderOnes() throws SQLException {
    first("r1", "2024-06-11").publish();
    StagedMarket.on(connection, "r2", "2024-06-21")
        .registrations("RENAULT", "2024-06-20", 107)
        .counted(1, 0, 0)
        .publish();
    assertThat(
        rows(HISTORY),
        contains(
            "RENAULT|2024-06-03|100|r1",
            "RENAULT|2024-06-10|104|r1",
            "RENAULT|2024-06-20|107|r2",
            "TESLA|2024-06-03|30|r1"));
    assertThat(rows(LATEST), contains("RENAULT|107|r2", "TESLA|30|r1"));
  }

  @Test
  void withdrawnFigureLeavesTheTablesAndItsHistoryEndsWithoutAValue() throws SQLException {
    first("r1", "2024-06-11").publish();
    StagedMarket.on(connection, "r2", "2024-06-21")
        .registrations("TESLA", "2024-06-03", 30)
        .run(
            "insert into {market_registrations} values (date '2024-05-01', 'month', 'ALL', 'TESLA', 'ALL', 'ALL', date '2024-06-20', null, true, 0, 0)")
        .counted(1, 1, 0)
        .publish();
    assertThat(
        rows(HISTORY),
        contains(
            "RENAULT|2024-06-03|100|r1",
            "RENAULT|2024-06-10|104|r1",
            "TESLA|2024-06-03|30|r1",
            "TESLA|2024-06-20|null|r2"));
    assertThat(rows(LATEST), contains("RENAULT|104|r1"));
    assertThat(rows(CURRENT), contains("RENAULT|104|r1"));

    // It comes back.
    StagedMarket.on(connection, "r3", "2024-06-25")
        .registrations("TESLA", "2024-06-24", 31)
        .counted(1, 0, 0)
        .publish();
    assertThat(rows(LATEST), contains("RENAULT|104|r1", "TESLA|31|r3"));
    assertThat(rows(CURRENT), contains("RENAULT|104|r1", "TESLA|31|r3"));
  }

  @Test
  void runOverOldFilesOnlyTakesNothingBack() throws SQLException {
    first("r1", "2024-06-11").publish();
    List<String> history = rows(HISTORY);
    StagedMarket.on(connection, "r2", "2024-06-12")
        .registrations("RENAULT", "2024-06-03", 100)
        .counted(1, 0, 0)
        .publish();
    assertThat(rows(HISTORY), is(history));
    assertThat(rows(LATEST), contains("RENAULT|104|r1", "TESLA|30|r1"));
  }

  @Test
  void vintageOfADayChangesUntilItsEveningOnly() throws SQLException {
    StagedMarket.on(connection, "r1", "2024-06-10")
        .registrations("RENAULT", "2024-06-10", 100)
        .counted(1, 0, 0)
        .publish();
    // Later on the day, and once more on the next morning, as nothing was published since.
    StagedMarket.on(connection, "r2", "2024-06-11")
        .registrations("RENAULT", "2024-06-10", 104)
        .counted(1, 0, 0)
        .publish();
    assertThat(rows(HISTORY), contains("RENAULT|2024-06-10|104|r2"));
    // What lands after that is known on the day of the run that finds it.
    StagedMarket.on(connection, "r3", "2024-06-13")
        .registrations("RENAULT", "2024-06-10", 105)
        .counted(1, 0, 0)
        .publish();
    assertThat(rows(HISTORY), contains("RENAULT|2024-06-10|104|r2", "RENAULT|2024-06-13|105|r3"));
    assertThat(rows(LATEST), contains("RENAULT|105|r3"));
  }

  @Test
  void correctedFileWithoutExtractionTimesIsKnownOnTheDayOfItsRun() throws SQLException {
    for (String[] run :
        new String[][] {
          {"r1", "2024-06-11", "100"},
          {"r2", "2024-06-15", "104"},
          {"r3", "2024-06-15", "105"},
          {"r4", "2024-06-20", "105"},
          {"r5", "2024-06-25", "99"}
        }) {
      StagedMarket.on(connection, run[0], run[1])
          .undated("RENAULT", "2024-05-31", Integer.parseInt(run[2]))
          .counted(1, 0, 0)
          .publish();
    }
    assertThat(
        rows(HISTORY),
        contains(
            "RENAULT|2024-05-31|100|r1", "RENAULT|2024-06-15|105|r3", "RENAULT|2024-06-25|99|r5"));
    assertThat(rows(LATEST), contains("RENAULT|99|r5"));
  }

  @Test
  void figureThatLostARecordOnItsWayIsNotPublished() throws SQLException {
    StagedMarket staged =
        first("r1", "2024-06-11").run("delete from {market_registrations} where make = 'TESLA'");
    AuditFailedException failed = assertThrows(AuditFailedException.class, staged::publish);
    assertThat(
        failed.report().failures().get(0).detail(),
        containsString("market_registrations, current: expected 2 as counted, found 1 staged"));
    assertThat(rows(HISTORY), is(empty()));
    assertThat(rows("select status from load_runs"), contains("REJECTED"));
  }

  @Test
  void repeatedVintageAndContradictoryFigureAreFound() throws SQLException {
    StagedMarket staged =
        first("r1", "2024-06-11")
            .registrations("TESLA", "2024-06-03", 31)
            .run(
                "insert into {fuel_prices} values (date '2024-05-01', 'ALL', 'DIESEL', date '2024-05-01', 1.7, 1.8, 1.9, 3, true, 3, 0)");
    AuditFailedException failed = assertThrows(AuditFailedException.class, staged::publish);
    assertThat(
        failed.report().failures().stream().map(AuditResult::audit).toList(),
        contains("rows-as-counted", "vintage-keys-unique", "figures-plausible"));
  }

  /** Figures of each table; every audit passes them. */
  private StagedMarket whole() throws SQLException {
    return StagedMarket.on(connection, "r1", "2024-06-11")
        .registrations("RENAULT", "2024-06-10", 104)
        .counted(1, 0, 0)
        .run(
            "insert into {fuel_prices} values (date '2024-05-01', 'ALL', 'DIESEL', date '2024-05-01', 1.7, 1.6, 1.8, 3, true, 3, 0)")
        .run(
            "insert into {load_run_feeds} values ('fuel_prices', 3, 3, 0, 0, 0, 0, 0, 0, null, null)")
        .run(
            "insert into {market_attention} values (date '2024-05-01', 'FORUM', 'TESLA', date '2024-05-02', 8, 2, 0.25, true, 12, 0)")
        .run(
            "insert into {load_run_feeds} values ('attention', 11, 10, 1, 0, 0, 0, 0, 0, null, null), ('social', 2, 2, 0, 0, 0, 0, 0, 0, null, null)")
        .run(
            "insert into {rejected_records} values ('attention', 'a.csv:7', 'BAD_DATE', 'Parse', 'day', 'no date', '?', 'csv', null)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "counts-balance|update {load_run_feeds} set rows_read = 4 where feed = 'fuel_prices'|fuel_prices: expected 4 records read, found 3 accepted + 0 rejected + 0 duplicate + 0 conflicting + 0 skipped",
        "rows-as-counted|update {fuel_prices} set records = 2|fuel_prices, current: expected 3 as counted, found 2 staged",
        "rows-as-counted|delete from {market_attention}|market_attention, current: expected 12 as counted, found 0 staged",
        "rows-as-counted|delete from {rejected_records}|attention, rejected: expected 1 as counted, found 0 staged",
        "keys-not-null|update {market_registrations} set make = null|market_registrations",
        "keys-not-null|update {market_attention} set known_on = null|market_attention",
        "keys-not-null|update {rejected_records} set code = null|rejected_records",
        "vintage-keys-unique|insert into {fuel_prices} select * replace (0 as records) from {fuel_prices}|fuel_prices 2024-05-01 ALL DIESEL 2024-05-01: expected one row, found 2 rows",
        "records-agree|update {market_registrations} set conflicts = 3|market_registrations 2024-05-01 month ALL RENAULT ALL ALL: expected one value of each record and extraction, found 3 records with another",
        "figures-plausible|update {market_registrations} set registrations = -1|registrations of month 2024-05-01: expected no fewer than none, found -1",
        "figures-plausible|update {fuel_prices} set average_price = 1.9|DIESEL on 2024-05-01: expected minimum <= average <= maximum, of a station at least, found 1.6000, 1.9000, 1.8000 of 3",
        "figures-plausible|update {fuel_prices} set minimum_price = 0|DIESEL on 2024-05-01: expected minimum <= average <= maximum, of a station at least, found 0.0000, 1.7000, 1.8000 of 3",
        "figures-plausible|update {fuel_prices} set stations = 0|DIESEL on 2024-05-01: expected minimum <= average <= maximum, of a station at least, found 1.6000, 1.7000, 1.8000 of 0",
        "figures-plausible|update {market_attention} set sentiment_mean = null|TESLA on 2024-05-01: expected views or mentions, and a sentiment from -1 to 1 of mentions, found 8 views, 2 mentions, no sentiment",
        "figures-plausible|update {market_attention} set sentiment_mean = -1.000001|TESLA on 2024-05-01: expected views or mentions, and a sentiment from -1 to 1 of mentions, found 8 views, 2 mentions, -1.000001 sentiment",
        "figures-plausible|update {market_attention} set views = -8|TESLA on 2024-05-01: expected views or mentions, and a sentiment from -1 to 1 of mentions, found -8 views, 2 mentions, 0.250000 sentiment",
        "figures-plausible|update {market_attention} set views = null, mentions = null, sentiment_mean = null|TESLA on 2024-05-01: expected views or mentions, and a sentiment from -1 to 1 of mentions, found no views, no mentions, no sentiment",
        "rejected-share|update {load_run_feeds} set rows_read = 12, rows_rejected = 2 where feed = 'attention'; insert into {rejected_records} select * from {rejected_records}|attention: expected at most 10 % rejected, found 2 of 12 records, 16.67 %",
      })
  void brokenRuleIsNamedWithItsPlaceAndPublishesNothing(String audit, String change, String place)
      throws SQLException {
    StagedMarket staged = whole().run(change);
    AuditFailedException failed = assertThrows(AuditFailedException.class, staged::publish);
    assertThat(
        failed.report().failures().stream().map(AuditResult::audit).toList(), contains(audit));
    assertThat(failed.report().failures().get(0).detail(), containsString("\n" + place));
    assertThat(
        rows(
            "select status, audit from load_runs inner join load_run_audits using (run_id) where not passed"),
        contains("REJECTED|" + audit));
    assertThat(
        rows("select 1 from market_attention_history union all select 1 from fuel_prices"),
        is(empty()));
  }

  @Test
  void figuresThatBreakNoRuleArePublished() throws SQLException {
    assertThat(whole().publish().published(), is(true));
  }

  private static void kpi(
      Connection to, String grain, String start, String dimension, String member, int units)
      throws SQLException {
    to.createStatement()
        .execute(
            """
            insert into sales_kpi values
              ('%s', timestamp '%s 00:00:00', timestamp '%s 00:00:00', '%s', '%s', %d, 0, 0, 0, null, null, null, null, null,
               null, null, 7, true, timestamp '2024-06-02 00:00:00', 'r0')
            """
                .formatted(grain, start, start, dimension, member, units));
  }

  @Test
  void registrationsRestateTheShareOfKpisPublishedBeforeAndNothingElse() throws SQLException {
    kpi(connection, "month", "2024-05-01", "total", "ALL", 20);
    kpi(connection, "month", "2024-05-01", "make", "RENAULT", 13);
    kpi(connection, "month", "2024-05-01", "make", "PEUGEOT", 7);
    kpi(connection, "month", "2024-05-01", "region", "NORTH", 13);
    kpi(connection, "month", "2024-04-01", "make", "RENAULT", 13);
    kpi(connection, "week", "2024-04-29", "make", "RENAULT", 13);
    first("r1", "2024-06-11").publish();
    // 20 / (104 + 30) = 0.149253.., 13 / 104 = 0.125
    assertThat(
        rows(
            "select grain, window_start::date, dimension, member, market_share, revision, run_id from sales_kpi_current order by 1, 2, 3, 4"),
        contains(
            "month|2024-04-01|make|RENAULT|null|7|r0",
            "month|2024-05-01|make|PEUGEOT|null|7|r0",
            "month|2024-05-01|make|RENAULT|0.125000|7|r0",
            "month|2024-05-01|region|NORTH|null|7|r0",
            "month|2024-05-01|total|ALL|0.149254|7|r0",
            "week|2024-04-29|make|RENAULT|null|7|r0"));
  }

  @Test
  void shareIsOfTheRowsThatTellItsAttributesApartAndLeastElse() throws SQLException {
    kpi(connection, "month", "2024-05-01", "total", "ALL", 20);
    kpi(connection, "month", "2024-05-01", "make", "RENAULT", 20);
    kpi(connection, "month", "2024-05-01", "model", "RENAULT CLIO", 5);
    kpi(connection, "month", "2024-05-01", "region", "NORTH", 8);
    kpi(connection, "month", "2024-05-01", "region x powertrain", "NORTH x BEV", 8);
    kpi(connection, "month", "2024-05-01", "powertrain x region", "BEV x NORTH", 8);
    kpi(connection, "month", "2024-05-01", "segment", "B", 8);
    StagedMarket.on(connection, "r1", "2024-06-11")
        .vintage("NORTH", "RENAULT", "RENAULT CLIO", "BEV", "2024-06-03", 40, true)
        .vintage("NORTH", "RENAULT", "RENAULT CLIO", "ICE", "2024-06-03", 10, true)
        .vintage("SOUTH", "TESLA", "TESLA MODEL Y", "BEV", "2024-06-03", 30, true)
        .vintage("ALL", "ALL", "ALL", "ALL", "2024-06-03", 200, true)
        .counted(4, 0, 0)
        .publish();
    assertThat(
        rows("select dimension, member, market_share from sales_kpi order by 1, 2"),
        contains(
            "make|RENAULT|0.400000",
            "model|RENAULT CLIO|0.100000",
            "powertrain x region|BEV x NORTH|0.200000",
            "region|NORTH|0.160000",
            "region x powertrain|NORTH x BEV|0.200000",
            "segment|B|null",
            "total|ALL|0.100000"));
  }

  @Test
  void shareIsRoundedHalfUpAndIsNoneWithoutRegistrations() throws SQLException {
    kpi(connection, "month", "2024-05-01", "make", "RENAULT", 1);
    kpi(connection, "month", "2024-05-01", "make", "TESLA", 5);
    kpi(connection, "month", "2024-05-01", "make", "VOLVO", 0);
    kpi(connection, "month", "2024-05-01", "make", "FIAT", 5);
    StagedMarket.on(connection, "r1", "2024-06-11")
        .registrations("RENAULT", "2024-06-03", 64_000_000)
        .registrations("TESLA", "2024-06-03", 0)
        .registrations("VOLVO", "2024-06-03", 3)
        .registrations("FIAT", "2024-06-03", 6_400_000)
        .counted(4, 0, 0)
        .publish();
    // 1 / 64,000,000 = 0.000000015625; 5 / 6,400,000 = 0.00000078125
    assertThat(
        rows("select member, market_share from sales_kpi order by 1"),
        contains("FIAT|0.000001", "RENAULT|0.000000", "TESLA|null", "VOLVO|0.000000"));
  }

  @Test
  void refreshGivesItsKpisTheShareOfRegistrationsPublishedBefore() throws SQLException {
    StagedMarket.on(connection, "m1", "2024-06-01")
        .registrations("RENAULT", "2024-06-01", 16)
        .counted(1, 0, 0)
        .publish();
    StagedRun.may(connection, "r1").publish();
    assertThat(
        rows(
            "select grain, dimension, member, market_share from sales_kpi where market_share is not null order by 1, 2, 3"),
        contains("month|make|RENAULT|0.125000", "month|total|ALL|0.125000"));
    StagedRun.may(connection, "r2").publish();
    assertThat(
        rows("select count(*) from sales_kpi where market_share is not null"), contains("2"));
  }
}
