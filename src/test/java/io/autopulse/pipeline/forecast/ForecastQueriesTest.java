package io.autopulse.pipeline.forecast;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.ledger.AsOf;
import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.testing.MigratedFile;
import io.autopulse.testing.PublishedTables;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastQueriesTest {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final BusinessInterval HISTORY =
      new BusinessInterval(LocalDate.parse("2026-01-05"), LocalDate.parse("2026-11-23"));

  @TempDir private Path folder;
  private Connection warehouse;

  @BeforeEach
  void open() throws Exception {
    warehouse =
        DriverManager.getConnection("jdbc:duckdb:" + MigratedFile.at(folder.resolve("a.duckdb")));
    execute("set search_path = 'AUTOPULSE_CORE'");
  }

  @AfterEach
  void close() throws SQLException {
    warehouse.close();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = warehouse.createStatement()) {
      statement.execute(sql);
    }
  }

  private void record(
      String sale, String recordedAt, long sequence, String status, String soldOn, String region)
      throws SQLException {
    execute(
        "insert into sale_versions values ('%s', timestamp '%s', %d, '%s', timestamp '%s 10:00:00', date '%s', 'M', 'RENAULT', 'CLIO', 'CITY', 'BEV', 'D1', '%s', null, 100, 'EUR', null, null, 'r')"
            .formatted(sale, recordedAt, sequence, status, soldOn, soldOn, region));
  }

  private static ForecastQueries queries(String asOf, Step step, Dimension... dimensions) {
    AsOf known = new AsOf(LocalDate.parse(asOf), step);
    return new ForecastQueries(
        List.of(dimensions),
        known,
        new BusinessInterval(HISTORY.from(), known.firstForecast()),
        PARIS);
  }

  private List<String> rows(String sql) throws SQLException {
    return PublishedTables.rows(warehouse, "select * from (" + sql + ") order by all");
  }

  private List<String> regions(String asOf) throws SQLException {
    return rows(queries(asOf, Step.WEEK, Dimension.of(Attribute.REGION)).units());
  }

  @Test
  void highestVersionRecordedByThenDecides() throws SQLException {
    record("A", "2026-11-02 09:00:00", 0, "SOLD", "2026-11-02", "NORTH");
    record("A", "2026-11-10 09:00:00", 0, "SOLD", "2026-11-02", "SOUTH");
    record("A", "2026-11-17 09:00:00", 1, "CANCELLED", "2026-11-02", "SOUTH");
    record("A", "2026-11-17 09:00:00", 2, "SOLD", "2026-11-09", "SOUTH");

    assertThat(regions("2026-11-08"), contains("region|NORTH|2026-11-02|1"));
    assertThat(regions("2026-11-15"), contains("region|SOUTH|2026-11-02|1"));
    assertThat(regions("2026-11-22"), contains("region|SOUTH|2026-11-09|1"));
  }

  @Test
  void asOfDateEndsAtMidnightOfTheTimeZone() throws SQLException {
    // Midnight of Paris is 23:00 UTC in November.
    record("A", "2026-11-08 22:59:59", 0, "SOLD", "2026-11-05", "NORTH");
    record("B", "2026-11-08 23:00:00", 0, "SOLD", "2026-11-05", "SOUTH");

    assertThat(regions("2026-11-08"), contains("region|NORTH|2026-11-02|1"));
    assertThat(
        regions("2026-11-09"), contains("region|NORTH|2026-11-02|1", "region|SOUTH|2026-11-02|1"));
  }

  @Test
  void onlyCompletePeriodsAreRead() throws SQLException {
    record("A", "2026-10-30 09:00:00", 0, "SOLD", "2026-10-30", "NORTH");
    record("B", "2026-11-03 09:00:00", 0, "SOLD", "2026-11-03", "NORTH");

    assertThat(regions("2026-11-07"), contains("region|NORTH|2026-10-26|1"));
    assertThat(
        rows(queries("2026-11-29", Step.MONTH, Dimension.of(Attribute.REGION)).units()),
        contains("region|NORTH|2026-10-01|1"));
  }

  @Test
  void cancelledAndReturnedSalesAreNoUnits() throws SQLException {
    record("A", "2026-11-03 09:00:00", 0, "CANCELLED", "2026-11-03", "NORTH");
    record("B", "2026-11-03 09:00:00", 0, "RETURNED", "2026-11-03", "NORTH");

    assertThat(regions("2026-11-08"), is(empty()));
  }

  @Test
  void everyDimensionHasItsMembersAndCellsTheirWeights() throws SQLException {
    record("A", "2026-11-03 09:00:00", 0, "SOLD", "2026-11-03", "NORTH");
    record("B", "2026-11-03 09:00:00", 0, "SOLD", "2026-11-04", "SOUTH");
    ForecastQueries queries =
        queries(
            "2026-11-08",
            Step.WEEK,
            Dimension.TOTAL,
            Dimension.of(Attribute.MODEL),
            Dimension.of(Attribute.REGION, Attribute.MODEL));

    assertThat(
        rows(queries.units()),
        contains(
            "model|RENAULT CLIO|2026-11-02|2",
            "region x model|NORTH x RENAULT CLIO|2026-11-02|1",
            "region x model|SOUTH x RENAULT CLIO|2026-11-02|1",
            "total|ALL|2026-11-02|2"));
    assertThat(queries.attributes(), contains("model", "region"));
    assertThat(rows(queries.cells()), contains("RENAULT CLIO|NORTH|1", "RENAULT CLIO|SOUTH|1"));
    assertThat(queries("2026-11-08", Step.WEEK, Dimension.TOTAL).attributes(), contains("region"));
  }

  private void forecast(
      String asOf, int vintage, String period, String method, double mean, String parts)
      throws SQLException {
    execute(
        "insert into forecasts (grain, as_of, vintage, dimension, member, period_start, horizon, method, mean, published, made_by, run_id, reconciliation_units, bias_units) values ('week', date '%s', %d, 'region', 'NORTH', date '%s', 1, '%s', %s, %s, 'm', 'r', %s)"
            .formatted(asOf, vintage, period, method, mean, method.equals("forecast"), parts));
  }

  private void override(String asOf, String period, int units, String madeAt) throws SQLException {
    execute(
        "insert into forecast_overrides values ('week', date '%s', 'region', 'NORTH', date '%s', %d, 'Ada', 'x', timestamp '%s')"
            .formatted(asOf, period, units, madeAt));
  }

  @Test
  void stepsOfFirstVintagesAreReadWithWhatPlannersSaidInTime() throws SQLException {
    forecast("2026-11-01", 1, "2026-11-02", "forecast", 30, "-2, -3");
    forecast("2026-11-01", 1, "2026-11-02", "naive", 28, "null, null");
    forecast("2026-11-01", 2, "2026-11-02", "forecast", 99, "0, 0");
    forecast("2026-11-01", 1, "2026-11-09", "forecast", 31, "1, null");
    forecast("2026-11-08", 1, "2026-11-16", "forecast", 32, "0, 0");
    override("2026-11-01", "2026-11-02", 33, "2026-11-03 09:00:00");
    override("2026-11-01", "2026-11-02", 34, "2026-11-04 09:00:00");
    // The week is over, and everybody knows.
    override("2026-11-01", "2026-11-02", 35, "2026-11-09 09:00:00");
    override("2026-11-01", "2026-11-09", 36, "2026-11-16 09:00:00");

    assertThat(
        rows(
            "select as_of, period_start, method, mean, lower_80 from ("
                + queries("2026-11-15", Step.WEEK, Dimension.of(Attribute.REGION)).pastForecasts()
                + ")"),
        contains(
            "2026-11-01|2026-11-02|forecast|30.000000|null",
            "2026-11-01|2026-11-02|model|35.000000|null",
            "2026-11-01|2026-11-02|naive|28.000000|null",
            "2026-11-01|2026-11-02|override|34.000000|null",
            "2026-11-01|2026-11-02|reconciled|33.000000|null",
            "2026-11-01|2026-11-09|forecast|31.000000|null",
            "2026-11-01|2026-11-09|model|30.000000|null",
            "2026-11-01|2026-11-09|override|31.000000|null",
            "2026-11-01|2026-11-09|reconciled|31.000000|null"));
    assertThat(
        "the ledger of the as-of date itself, and of later ones, is not read",
        rows(queries("2026-11-01", Step.WEEK, Dimension.of(Attribute.REGION)).pastForecasts()),
        is(empty()));
  }

  @Test
  void salesOfLongAgoAreCellsWithoutAWeight() throws SQLException {
    record("A", "2026-01-06 09:00:00", 0, "SOLD", "2026-01-06", "NORTH");
    record("B", "2027-03-03 09:00:00", 0, "SOLD", "2027-03-03", "SOUTH");

    assertThat(
        rows(queries("2027-03-07", Step.WEEK, Dimension.of(Attribute.REGION)).cells()),
        contains("NORTH|0", "SOUTH|1"));
  }

  private void vehicle(String id, String knownAt, String listPrice, String launchedOn, String end)
      throws SQLException {
    execute(
        "insert into vehicles_history values ('%s', timestamp '%s', 'RENAULT', 'CLIO', 'CITY', 'BEV', %s, %s, %s, null, 'r')"
            .formatted(id, knownAt, listPrice, launchedOn, end));
  }

  private List<String> vehicles(String asOf) throws SQLException {
    return rows(queries(asOf, Step.WEEK, Dimension.of(Attribute.MODEL)).vehicles());
  }

  @Test
  void newestRowOfAVehicleThatWasKnownByThenDecides() throws SQLException {
    // Midnight of Paris is 23:00 UTC in November.
    vehicle("M1", "2026-11-08 22:59:59", "21000", "date '2026-03-02'", "null");
    vehicle("M1", "2026-11-15 23:00:00", "22000", "date '2026-03-02'", "date '2027-01-04'");
    vehicle("M2", "2026-11-16 09:00:00", "null", "date '2026-12-07'", "null");

    assertThat("history begins later", vehicles("2026-11-07"), is(empty()));
    List<String> before =
        List.of("M1|RENAULT|RENAULT CLIO|CITY|BEV|21000.00|null|null|2026-03-02|null|null");
    assertThat(vehicles("2026-11-08"), is(before));
    assertThat(vehicles("2026-11-15"), is(before));
    assertThat(
        vehicles("2026-11-16"),
        contains(
            "M1|RENAULT|RENAULT CLIO|CITY|BEV|22000.00|null|null|2026-03-02|2027-01-04|null",
            "M2|RENAULT|RENAULT CLIO|CITY|BEV|null|null|null|2026-12-07|null|null"));
  }

  @Test
  void vehicleHasWhatItsModelWasSoldForInTheLastYear() throws SQLException {
    vehicle("M1", "2026-11-01 09:00:00", "null", "null", "null");
    record("A", "2026-11-03 09:00:00", 0, "SOLD", "2026-11-03", "NORTH");
    record("B", "2026-11-03 09:00:00", 0, "SOLD", "2026-11-04", "NORTH");
    record("C", "2026-11-03 09:00:00", 0, "CANCELLED", "2026-11-04", "NORTH");

    assertThat(
        vehicles("2026-11-08"),
        contains("M1|RENAULT|RENAULT CLIO|CITY|BEV|null|200.00|2|null|null|null"));
    assertThat(
        "more than a year ago",
        vehicles("2027-11-28"),
        contains("M1|RENAULT|RENAULT CLIO|CITY|BEV|null|null|null|null|null|null"));
  }

  @Test
  void vehicleThatIsToldAfterTheAsOfDateChangesNothing() throws SQLException {
    vehicle("M1", "2026-10-11 21:59:59", "null", "null", "null");
    record("A", "2026-10-06 09:00:00", 0, "SOLD", "2026-10-06", "NORTH");
    List<String> known = vehicles("2026-10-11");
    for (long seed = 1; seed <= 5; seed++) {
      Random random = new Random(seed);
      LocalDateTime asOfEnd = LocalDateTime.parse("2026-10-11T22:00:00");
      for (int i = 0; i < 10; i++) {
        vehicle(
            "M" + random.nextInt(4),
            asOfEnd.plusSeconds(random.nextInt(3_000_000)).toString().replace('T', ' '),
            String.valueOf(10_000 + random.nextInt(9_000)),
            "date '2026-09-07'",
            "date '2026-10-12'");
        randomVersion(random, asOfEnd.plusSeconds(random.nextInt(3_000_000)), i);
      }
      assertThat("seed " + seed, vehicles("2026-10-11"), is(known));
    }
  }

  /** The property that a backtest needs: the past does not know what came after it. */
  @Test
  void whatIsRecordedAfterTheAsOfDateChangesNothing() throws SQLException {
    for (long seed = 1; seed <= 5; seed++) {
      execute("delete from sale_versions");
      Random random = new Random(seed);
      LocalDateTime asOfEnd = LocalDateTime.parse("2026-10-11T22:00:00");
      for (int i = 0; i < 60; i++) {
        randomVersion(random, asOfEnd.minusMinutes(1 + random.nextInt(300_000)), i % 25);
      }
      List<String> known = regions("2026-10-11");
      assertThat("seed " + seed, known, is(not(empty())));
      for (int i = 0; i < 60; i++) {
        // Corrections of old sales, and old sales that are told only now.
        randomVersion(random, asOfEnd.plusSeconds(random.nextInt(3_000_000)), i % 40);
      }
      assertThat("seed " + seed, regions("2026-10-11"), is(known));
      execute(
          "update sale_versions set region = 'EAST', sold_on = date '2026-09-01' where updated_at >= timestamp '2026-10-11 22:00:00'");
      assertThat("seed " + seed, regions("2026-10-11"), is(known));
    }
  }

  private void randomVersion(Random random, LocalDateTime recordedAt, int sale)
      throws SQLException {
    record(
        "S" + sale,
        recordedAt.toString().replace('T', ' '),
        random.nextInt(3),
        List.of("SOLD", "SOLD", "CANCELLED").get(random.nextInt(3)),
        LocalDate.parse("2026-01-05").plusDays(random.nextInt(280)).toString(),
        List.of("NORTH", "SOUTH").get(random.nextInt(2)));
  }
}
