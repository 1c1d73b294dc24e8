package io.autopulse.warehouse.serving;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.testing.HandClock;
import io.autopulse.testing.MigratedFile;
import io.autopulse.testing.RecordedWarehouse;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A DuckDB file stands for the warehouse elsewhere, whose live tables pipes fill. */
class FetchedLiveTest {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  /** Half past midnight in Paris, still the day before in UTC. */
  private static final Instant NOW = Instant.parse("2026-06-10T22:30:00Z");

  @TempDir private Path directory;

  private final HandClock clock = new HandClock(NOW);
  private DuckDbWarehouse file;
  private RecordedWarehouse warehouse;
  private Connection core;
  private LiveFile published;
  private FetchedLive live;
  private boolean isAway;

  @BeforeEach
  void open() throws IOException {
    file =
        DuckDbWarehouse.open(
            MigratedFile.at(directory.resolve("elsewhere.duckdb")), DuckDbSettings.RUN);
    core = file.connect();
    warehouse =
        new RecordedWarehouse(file) {
          @Override
          protected void sending(String sql) throws SQLException {
            if (isAway && sql.contains("sale_versions_all")) {
              throw new SQLException("the line is dead");
            }
          }
        };
    ServingFolder folder =
        ServingFolder.at(Files.createDirectory(directory.resolve("elsewhere.serving")));
    published = LiveFile.of(folder);
    live = new FetchedLive(warehouse, folder, PARIS, clock);
  }

  @AfterEach
  void close() throws SQLException {
    core.close();
    file.close();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = core.createStatement()) {
      statement.execute(sql);
    }
  }

  private void run(String id, String table, String startedAt) throws SQLException {
    execute(
        "insert into load_runs (run_id, job, status, started_at) values ('%s', 'job of %s', 'RUNNING', timestamp '%s')"
            .formatted(id, id, startedAt));
    execute("insert into live_runs values ('%s', '%s', '%s', false)".formatted(id, table, id));
  }

  private void append(String sale, String updatedAt) throws SQLException {
    execute(
        "insert into sale_versions_live values ('%1$s', timestamp '%2$s', 0, 'SOLD', timestamp '%2$s', date '2026-06-11', null, 'FIAT', '500', 'SMALL', 'BEV', 'D1', 'NORTH', 120, 100, 'EUR', null, null, 'r1')"
            .formatted(sale, updatedAt));
  }

  private void pane(String computedAt) throws SQLException {
    execute(
        "insert into sales_kpi_live (grain, window_start, window_end, dimension, member, units_sold, units_cancelled, units_returned, revenue, revision, is_final, computed_at, run_id) values ('day', timestamp '2026-06-10 22:00:00', timestamp '2026-06-11 22:00:00', 'total', 'all', 1, 0, 0, 100, 1, false, timestamp '%s', 'r1')"
            .formatted(computedAt));
  }

  private LivePublication look() throws IOException {
    live.look();
    return published.read().orElseThrow();
  }

  private long reads() {
    return warehouse.statements().stream().filter(sql -> sql.contains("sale_versions_all")).count();
  }

  private static long sold(LivePublication publication) {
    return publication.cells().stream().mapToLong(LivePublication.Cell::sold).sum();
  }

  @Test
  void nothingIsPublishedWithoutALiveJobOfSales() throws Exception {
    run("r1", "fuel_prices_live", "2026-06-10 10:00:00");
    append("a", "2026-06-10 22:10:00");
    live.look();
    assertThat(published.read(), is(Optional.empty()));
  }

  @Test
  void todayIsReadAsTheLastLiveRunOfSalesHasLoadedIt() throws Exception {
    run("r3", "sales_kpi_live", "2026-06-10 10:00:00");
    run("r2", "sales_kpi_live", "2026-06-10 09:00:00");
    run("r4", "fuel_prices_live", "2026-06-10 11:00:00");
    LivePublication nothing = look();
    assertThat(nothing.cells(), is(empty()));
    assertThat(nothing.currency(), is(""));
    assertThat(nothing.newestEvent(), is(Optional.empty()));
    append("a", "2026-06-10 22:10:00");
    append("a", "2026-06-10 22:10:00");
    append("b", "2026-06-10 22:20:00");
    pane("2026-06-10 22:21:00");
    LivePublication read = look();
    assertThat(read.job() + " " + read.runId(), is("job of r3 r3"));
    assertThat(read.origin(), is(LivePublication.Origin.READ_AT_WORK));
    assertThat(read.zone(), is(PARIS));
    assertThat(read.day(), is(LocalDate.of(2026, 6, 11)));
    assertThat(read.currency(), is("EUR"));
    assertThat(read.writtenAt(), is(NOW));
    assertThat(read.newestEvent(), is(Optional.of(Instant.parse("2026-06-10T22:20:00Z"))));
    assertThat(read.newestPane(), is(Optional.of(Instant.parse("2026-06-10T22:21:00Z"))));
    assertThat(read.cells().size(), is(1));
    assertThat(read.cells().get(0).hour(), is(0));
    assertThat("what came twice counts once", sold(read), is(2L));
  }

  @Test
  void whatIsTheSameIsNotReadAgainAndIsOfNow() throws Exception {
    run("r1", "sales_kpi_live", "2026-06-10 10:00:00");
    append("a", "2026-06-10 22:10:00");
    LivePublication first = look();
    assertThat(reads(), is(1L));
    clock.pass(Duration.ofSeconds(15));
    LivePublication second = look();
    assertThat(reads(), is(1L));
    assertThat(second.writtenAt(), is(NOW.plusSeconds(15)));
    assertThat(second.cells(), is(first.cells()));
  }

  @Test
  void whatComesLateIsRead() throws Exception {
    run("r1", "sales_kpi_live", "2026-06-10 10:00:00");
    append("a", "2026-06-10 22:10:00");
    assertThat(sold(look()), is(1L));
    append("older than the newest", "2026-06-10 22:05:00");
    assertThat(sold(look()), is(2L));
  }

  @Test
  void whatARefreshTakesOverAndRestatesIsRead() throws Exception {
    run("r1", "sales_kpi_live", "2026-06-10 10:00:00");
    append("a", "2026-06-10 22:10:00");
    pane("2026-06-10 22:11:00");
    look();
    execute("insert into sale_versions select * from sale_versions_live");
    execute("delete from sale_versions_live");
    execute("delete from sales_kpi_live");
    LivePublication taken = look();
    assertThat(sold(taken), is(1L));
    assertThat(
        "the newest KPI was computed then, who has it now",
        taken.newestPane(),
        is(Optional.of(Instant.parse("2026-06-10T22:11:00Z"))));
    execute("update sale_versions set region = 'SOUTH'");
    execute(
        "insert into load_runs (run_id, job, status, started_at, ended_at) values ('r5', 'erp', 'PUBLISHED', timestamp '2026-06-10 22:25:00', timestamp '2026-06-10 22:28:00')");
    assertThat("as many rows as before", look().cells().get(0).region(), is("SOUTH"));
  }

  @Test
  void nextDayBeginsEmpty() throws Exception {
    run("r1", "sales_kpi_live", "2026-06-10 10:00:00");
    append("a", "2026-06-10 22:10:00");
    look();
    clock.set(Instant.parse("2026-06-11T22:00:00Z"));
    LivePublication next = look();
    assertThat(next.day(), is(LocalDate.of(2026, 6, 12)));
    assertThat(next.cells(), is(empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, , READ_AT_WORK",
    "PUBLISHED, handed over to a Flink cluster as job 7, READ_AT_WORK",
    "PUBLISHED, , READ_ENDED",
    "FAILED, a broker is gone, READ_ENDED",
    "ABANDONED, its process ended, READ_ENDED"
  })
  void logOfRunsSaysWhetherTheJobIsAtWork(
      String status, String message, LivePublication.Origin origin) throws Exception {
    run("r1", "sales_kpi_live", "2026-06-10 10:00:00");
    look();
    execute(
        "update load_runs set status = '%s', message = %s"
            .formatted(status, message == null ? "null" : "'" + message + "'"));
    assertThat(look().origin(), is(origin));
  }

  @Test
  void lookThatFailsLeavesThePublicationBeforeAndTheNextOneReads() throws Exception {
    run("r1", "sales_kpi_live", "2026-06-10 10:00:00");
    append("a", "2026-06-10 22:10:00");
    LivePublication before = look();
    append("b", "2026-06-10 22:20:00");
    isAway = true;
    assertThat(
        assertThrows(WarehouseException.class, live::look).getMessage(),
        containsString("read what is live: the line is dead"));
    assertThat(published.read(), is(Optional.of(before)));
    isAway = false;
    assertThat(sold(look()), is(2L));
  }
}
