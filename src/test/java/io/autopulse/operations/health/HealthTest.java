package io.autopulse.operations.health;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.health.Finding;
import io.autopulse.domain.health.Incident;
import io.autopulse.domain.problem.InputException;
import io.autopulse.operations.schedule.Heartbeat;
import io.autopulse.operations.schedule.Heartbeats;
import io.autopulse.operations.schedule.Outcome;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import io.autopulse.warehouse.runs.RunningProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of a business that is healthy on Monday, each found on Tuesday. */
class HealthTest {
  private static final LocalDate FIRST = LocalDate.parse("2025-11-01");
  private static final LocalDate MONDAY = LocalDate.parse("2026-03-02");
  private static final LocalDate TUESDAY = MONDAY.plusDays(1);
  private static final LocalDate WEDNESDAY = MONDAY.plusDays(2);
  private static final int DAYS = 180;
  private static final double DAILY = 120;

  @TempDir static Path healthy;
  @TempDir Path folder;

  private Business business;

  @BeforeAll
  static void liveUntilMonday() throws Exception {
    try (Business business = new Business(healthy, FIRST, DAYS, DAILY, 5)) {
      business.live(FIRST, MONDAY);
      assertThat(business.causes(MONDAY), is(empty()));
    }
  }

  @BeforeEach
  void copy() throws IOException {
    try (Stream<Path> files = Files.walk(healthy)) {
      files
          .filter(file -> !file.equals(healthy))
          .forEach(file -> copy(file, folder.resolve(healthy.relativize(file))));
    }
    business = new Business(folder, FIRST, DAYS, DAILY, 5);
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void close() throws SQLException {
    business.close();
  }

  @Test
  void healthyDayHasNoFinding() throws SQLException {
    business.day(TUESDAY);
    assertThat(business.causes(TUESDAY), is(empty()));
  }

  @Test
  void dayWithoutSalesIsFoundAndClosedWhenTheyCome() throws SQLException {
    business.day(TUESDAY);
    business.run("delete from sale_versions where sold_on = date '2026-03-02'");
    assertThat(business.causes(TUESDAY), contains("volume-low:feed:sales"));
    business.sold(MONDAY, 100);
    business.day(WEDNESDAY);
    HealthReport report = business.look(WEDNESDAY);
    assertThat(report.incidents(), is(empty()));
    assertThat(
        report.closed().stream().map(Finding::key).toList(), contains("volume-low:feed:sales"));
    assertThat(business.look(WEDNESDAY).closed(), is(empty()));
  }

  @Test
  void halfOfADayIsFound() throws SQLException {
    business.day(TUESDAY);
    business.run(
        "delete from sale_versions where sold_on = date '2026-03-02' and hash(sale_id) % 2 = 0");
    assertThat(business.causes(TUESDAY), contains("volume-low:feed:sales"));
  }

  @Test
  void dayLoadedTwiceUnderOtherIdsIsFound() throws SQLException {
    business.day(TUESDAY);
    business.sold("again", MONDAY, 110);
    assertThat(business.causes(TUESDAY), contains("volume-high:feed:sales"));
  }

  @Test
  void fileLandedTwiceIsFound() throws SQLException {
    business.day(TUESDAY);
    business.run(
        "update load_run_feeds set rows_duplicate = 1500 where run_id = 'r-daily-refresh-2026-03-03'");
    assertThat(business.causes(TUESDAY), contains("duplicate-share:feed:sales"));
  }

  @Test
  void moreRejectedRecordsThanUsualAreFound() throws SQLException {
    business.day(TUESDAY);
    business.run(
        "update load_run_feeds set rows_rejected = 200 where run_id = 'r-daily-refresh-2026-03-03'");
    assertThat(business.causes(TUESDAY), contains("rejected-share:feed:sales"));
  }

  @Test
  void measuresOfAFeedThatTwoJobsReadAreToldApart() throws SQLException {
    business.day(TUESDAY);
    String backfill = business.logged("backfill", TUESDAY, "02:00", "PUBLISHED");
    business.run(
        "insert into load_run_feeds values ('%s', 'sales', 50, 48, 1, 1, 0, 0, 0, 0, 0)"
            .formatted(backfill));
    List<String> samples =
        PrometheusText.of(business.look(TUESDAY))
            .lines()
            .map(line -> line.substring(0, line.lastIndexOf(' ')))
            .filter(line -> !line.startsWith("#"))
            .toList();
    assertThat(samples, hasItem("autopulse_rejected_ratio{feed=\"sales\",run=\"backfill\"}"));
    assertThat(new HashSet<>(samples), hasSize(samples.size()));
  }

  @Test
  void failedAuditIsFound() throws SQLException {
    business.market(TUESDAY);
    business.sold(MONDAY, 100);
    business.refresh(TUESDAY, "REJECTED", 3000, 40, 60);
    business.marts(TUESDAY);
    business.beat("daily-backfill", MONDAY, "21:00");
    business.beat("reconcile-snowpipe", TUESDAY, "07:00");
    business.beat("data-health", MONDAY, "07:30");
    List<Incident> incidents = business.look(TUESDAY).incidents();
    assertThat(incidents, hasSize(1));
    assertThat(incidents.get(0).cause().key(), is("audit-failed:job:daily-refresh"));
    assertThat(
        incidents.get(0).cause().message(),
        containsString("by 1 audits: rejected-share (at most a tenth)"));
    assertThat(keys(incidents.get(0)), hasItem("job-failed:job:daily-refresh"));
  }

  @Test
  void jobThatDidNotStartIsFound() throws SQLException {
    business.day(TUESDAY);
    forget("marts", TUESDAY);
    assertThat(business.causes(TUESDAY), contains("job-missed:job:marts"));
  }

  @Test
  void jobThatHasNeverStartedIsFound() throws Exception {
    business.day(TUESDAY);
    for (Path file : files("marts")) {
      Files.delete(file);
    }
    assertThat(business.causes(TUESDAY), contains("job-never-started:job:marts"));
  }

  @Test
  void lookThatCronMakesNeedsNoHeartbeat() throws Exception {
    business.day(TUESDAY);
    for (Path file : files("data-health")) {
      Files.delete(file);
    }
    assertThat(business.causes(TUESDAY), is(empty()));
  }

  @Test
  void missedForecastIsFoundEvenAfterALaterOneForItIsOwed() throws SQLException {
    business.live(TUESDAY, MONDAY.plusDays(7));
    forget("weekly-forecast", MONDAY);
    List<Incident> incidents = business.look(MONDAY.plusDays(7)).incidents();
    assertThat(incidents.get(0).cause().key(), is("job-missed:job:weekly-forecast"));
    assertThat(incidents.get(0).cause().message(), containsString("due at 2026-03-02T05:00:00Z"));
  }

  @Test
  void failingJobIsFound() throws SQLException {
    business.day(TUESDAY);
    business.failed("reconcile-snowpipe", TUESDAY, "07:00", 1, "the pipe is gone");
    assertThat(business.causes(TUESDAY), contains("job-failed:job:reconcile-snowpipe"));
  }

  @Test
  void lookThatFoundSomethingIsNoFailedJob() throws SQLException {
    business.day(TUESDAY);
    business.failed("data-health", MONDAY, "07:30", 3, "");
    assertThat(business.causes(TUESDAY), is(empty()));
    business.failed("data-health", MONDAY, "07:30", 2, "no such option");
    assertThat(business.causes(TUESDAY), contains("job-failed:job:data-health"));
  }

  @Test
  void jobThatRunsForTooLongIsFound() throws SQLException {
    business.day(TUESDAY);
    business.running("market-sync", TUESDAY, "04:15");
    assertThat(business.causes(TUESDAY), contains("job-overdue:job:market-sync"));
  }

  @Test
  void jobWhoseProcessIsGoneIsFound() throws Exception {
    business.day(TUESDAY);
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    new Heartbeats(business.state())
        .write(
            new Heartbeat(
                "marts",
                Business.at(TUESDAY, "06:30"),
                Business.at(TUESDAY, "06:30"),
                Optional.empty(),
                Outcome.RUNNING,
                0,
                1,
                List.of(),
                "",
                "schedule",
                RunningProcess.current().host(),
                process.pid()));
    assertThat(business.causes(TUESDAY), contains("job-gone:job:marts"));
  }

  @Test
  void schedulerThatStartsNothingIsOneIncident() {
    List<Incident> incidents = business.look(TUESDAY).incidents();
    assertThat(incidents, hasSize(1));
    assertThat(incidents.get(0).cause().key(), is("scheduler-down:scheduler"));
    assertThat(
        keys(incidents.get(0)),
        hasItems("job-missed:job:daily-refresh", "table-stale:table:sales_kpi"));
  }

  @Test
  void runThatIsLoggedAsRunningForTooLongIsFound() throws SQLException {
    business.day(TUESDAY);
    business.run(
        "insert into load_runs (run_id, job, status, started_at, ended_at, seconds, host, process_id, autopulse_version, runner, message) values ('r-stuck', 'daily-refresh', 'RUNNING', '2026-03-02 12:00:00', null, null, 'other', 1, '1', 'direct', null)");
    assertThat(business.causes(TUESDAY), contains("run-stuck:job:daily-refresh"));
  }

  @Test
  void intervalsThatHoldTooLittleAreAWarning() throws SQLException {
    business.run("update forecast_accuracy set coverage_80 = 0.6");
    HealthReport report = business.look(MONDAY);
    assertThat(
        report.incidents().get(0).cause().key(), is("forecast-coverage:table:forecast_accuracy"));
    assertThat(report.incidents().get(0).cause().message(), containsString("held 60 %"));
    assertThat(report.isHealthy(), is(true));
  }

  @Test
  void versionsDatedAfterNowAreFound() throws SQLException {
    business.day(TUESDAY);
    business.run(
        "update sale_versions set updated_at = '2026-03-04 09:00:00' where sale_id = 's2026-02-27-1'");
    assertThat(business.causes(TUESDAY), contains("clock-ahead:feed:sales"));
  }

  @Test
  void liveFiguresThatStandStillAreFound() throws SQLException {
    business.day(TUESDAY);
    business.run(
        "insert into load_runs (run_id, job, status, started_at, ended_at, seconds, host, process_id, autopulse_version, runner, message) values ('live', 'live-sales', 'RUNNING', '2026-02-27 08:00:00', null, null, 'other', 1, '1', 'flink', null)",
        "insert into live_runs values ('live', 'sales_kpi_live', 'live', false)",
        "update sale_versions set run_id = 'live' where sold_on <= date '2026-02-28'");
    assertThat(business.causes(TUESDAY), contains("live-lag:run:live-sales"));
    business.run("update sale_versions set run_id = 'live' where sold_on = date '2026-03-02'");
    assertThat(business.causes(TUESDAY), is(empty()));
  }

  @Test
  void martsThatDoNotShowTheLastRunsAreFound() throws SQLException {
    business.day(TUESDAY);
    business.run(
        "delete from AUTOPULSE_MARTS.mart_data_quality where started_at > timestamp '2026-03-03 00:00:00'");
    assertThat(business.causes(TUESDAY), contains("marts-stale:table:marts"));
    business.run("drop table AUTOPULSE_MARTS.mart_data_quality");
    assertThat(business.causes(TUESDAY), contains("marts-stale:table:marts"));
  }

  @Test
  void feedThatStopsIsFoundWhenItsTimeIsOver() throws SQLException {
    business.live(TUESDAY, MONDAY.plusDays(4));
    business.run("delete from fuel_prices where day > date '2026-03-01'");
    assertThat(business.causes(MONDAY.plusDays(3)), is(empty()));
    assertThat(business.causes(MONDAY.plusDays(4)), contains("feed-late:feed:fuel_prices"));
  }

  @Test
  void brokenFeedThatStopsTenTablesIsOneAlert() throws Exception {
    // The ERP delivers nothing from Tuesday on: the refresh is stopped by its audits, and a week
    // later forecasts and marts have nothing new either.
    LocalDate end = MONDAY.plusDays(8);
    for (LocalDate day = TUESDAY; !day.isAfter(end); day = day.plusDays(1)) {
      business.market(day);
      business.refresh(day, "REJECTED", 0, 0, 0);
      business.failed("marts", day, "06:30", 3, "a test failed");
      business.beat("daily-backfill", day.minusDays(1), "21:00");
      business.beat("reconcile-snowpipe", day, "07:00");
      business.beat("data-health", day.minusDays(1), "07:30");
    }
    business.failed("weekly-forecast", MONDAY.plusDays(7), "06:00", 3, "no new week");
    business.failed("weekly-trends", MONDAY.plusDays(7), "05:45", 3, "no new week");
    HealthReport report = business.look(end);
    assertThat(report.incidents(), hasSize(1));
    Incident incident = report.incidents().get(0);
    assertThat(incident.cause().key(), is("feed-late:feed:sales"));
    assertThat(
        keys(incident).stream().filter(key -> key.startsWith("table-stale")).toList(), hasSize(11));
    assertThat(Files.readAllLines(business.state().resolve("health/alerts.jsonl")), hasSize(1));
  }

  @Test
  void warehouseThatCannotBeReadIsOneIncidentAndClosesNothing() throws Exception {
    business.day(TUESDAY);
    business.run("delete from sale_versions where sold_on = date '2026-03-02'");
    assertThat(business.causes(TUESDAY), contains("volume-low:feed:sales"));
    Path damaged = Files.writeString(folder.resolve("damaged.duckdb"), "no database");
    business.day(WEDNESDAY);
    HealthReport report = business.look(opening(damaged), Business.at(WEDNESDAY, "07:30"));
    assertThat(report.incidents(), hasSize(1));
    assertThat(report.incidents().get(0).cause().key(), is("warehouse-unreadable:warehouse"));
    assertThat(
        report.incidents().get(0).cause().message(),
        containsString("this is not a DuckDB database"));
    assertThat(keys(report.incidents().get(0)), contains("volume-low:feed:sales"));
    assertThat(report.closed(), is(empty()));
  }

  @Test
  void pageThatIsDamagedIsFound() throws Exception {
    business.day(TUESDAY);
    business.run("checkpoint");
    business.close();
    Path file = folder.resolve("w.duckdb");
    byte[] bytes = Files.readAllBytes(file);
    for (int i = bytes.length / 4; i < bytes.length; i++) {
      bytes[i] ^= 0x5a;
    }
    Path damaged = Files.write(folder.resolve("damaged.duckdb"), bytes);
    HealthReport report = business.look(opening(damaged), Business.at(TUESDAY, "07:30"));
    assertThat(
        report.incidents().stream().map(i -> i.cause().key()).toList(),
        contains("warehouse-unreadable:warehouse"));
    business = new Business(folder, FIRST, DAYS, DAILY, 5);
  }

  @Test
  void tablesThatAreOlderThanTheProgramAreFound() throws SQLException {
    business.day(TUESDAY);
    HealthReport report =
        business.look(
            look -> {
              throw new InputException("w", "is in use by process 7", "Wait");
            },
            Business.at(TUESDAY, "07:30"));
    assertThat(report.incidents().get(0).cause().message(), containsString("in use by process 7"));
    HealthReport behind =
        business.look(
            look -> business.at(look, List.of("15 something new")), Business.at(TUESDAY, "07:35"));
    assertThat(
        behind.incidents().stream().map(i -> i.cause().key()).toList(),
        contains("schema-behind:warehouse"));
  }

  @Test
  void lookIntoThePastChangesNothing() throws Exception {
    business.day(TUESDAY);
    business.run("delete from sale_versions where sold_on = date '2026-03-02'");
    Path state = business.state().resolve("health/state.json");
    String before = Files.readString(state);
    assertThat(business.causes(MONDAY.minusDays(1)), is(empty()));
    assertThat(Files.readString(state), is(before));
  }

  @Test
  void damagedStateOrHeartbeatIsNamed() throws Exception {
    business.day(TUESDAY);
    Files.writeString(files("marts").get(files("marts").size() - 1), "{");
    assertThat(business.causes(TUESDAY), contains("job-failed:job:marts"));
    Files.writeString(business.state().resolve("health/state.json"), "{\"open\": 3");
    InputException damaged = assertThrows(InputException.class, () -> business.look(WEDNESDAY));
    assertThat(damaged.getMessage(), containsString("is no state of autopulse health"));
  }

  @Test
  void budgetIsUsedByTheDaysThatWereBad() throws SQLException {
    business.live(TUESDAY, MONDAY.plusDays(4));
    business.run("delete from sale_versions where sold_on >= date '2026-03-02'");
    for (int day = 1; day <= 3; day++) {
      assertThat(business.causes(MONDAY.plusDays(day)), contains("volume-low:feed:sales"));
    }
    for (int day = 0; day <= 3; day++) {
      business.sold(MONDAY.plusDays(day), 110);
    }
    HealthReport report = business.look(MONDAY.plusDays(4));
    // Bad for three days of 30; 7 % are 2.1.
    assertThat(report.budgets().get("right").bad().toHours(), is(72L));
    assertThat(report.budgets().get("right").allowed().toMinutes(), is(50 * 60L + 24));
    assertThat(
        report.incidents().stream().map(i -> i.cause().key()).toList(),
        contains("budget-spent:objective:right"));
    assertThat(report.budgets().get("fresh").bad().toHours(), is(0L));
    assertThat(report.isHealthy(), is(true));
  }

  private static WarehouseAccess opening(Path file) {
    return look -> {
      try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(file, DuckDbSettings.QUERY);
          Connection connection = warehouse.connect()) {
        look.at(connection, warehouse.pending());
      }
    };
  }

  private static List<String> keys(Incident incident) {
    return incident.followed().stream().map(Finding::key).toList();
  }

  private void forget(String job, LocalDate day) {
    String name = day.toString().replace("-", "");
    files(job).stream()
        .filter(file -> file.getFileName().toString().startsWith(name))
        .forEach(
            file -> {
              try {
                Files.delete(file);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  private List<Path> files(String job) {
    try (Stream<Path> files = Files.list(business.state().resolve("heartbeats").resolve(job))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
