package io.autopulse.warehouse.serving;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rule of the live page gives the same, however versions have come. */
class LiveDayTest {
  private static final LiveDay DAY =
      new LiveDay(LocalDate.of(2026, 6, 11), ZoneId.of("Europe/Paris"));

  @TempDir private Path directory;

  private DuckDbWarehouse warehouse;
  private Connection core;
  private Session session;

  @BeforeEach
  void open() throws IOException {
    warehouse =
        DuckDbWarehouse.open(MigratedFile.at(directory.resolve("test.duckdb")), DuckDbSettings.RUN);
    core = warehouse.connect();
    session = Session.ofCore(core);
  }

  @AfterEach
  void close() throws SQLException {
    core.close();
    warehouse.close();
  }

  private void version(String sale, String updatedAt, String status, String soldAt, String more)
      throws SQLException {
    session.execute(
        "insert into {core}.sale_versions values ('%s', timestamp '%s', 0, '%s', timestamp '%s', date '2026-06-11', null, 'FIAT', '500', 'SMALL', 'BEV', 'D1', 'NORTH', %s, 'EUR', null, null, 'r1')"
            .formatted(sale, updatedAt, status, soldAt, more));
  }

  /** Half past eleven and later on 11 June in Paris, in UTC; the day before also in summer time. */
  private void fill() throws SQLException {
    version("sold", "2026-06-11 09:30:00", "SOLD", "2026-06-11 09:30:00", "120, 100");
    version("without list", "2026-06-11 09:31:00", "SOLD", "2026-06-11 09:31:00", "null, 50");
    version("lost", "2026-06-11 09:32:00", "SOLD", "2026-06-11 09:32:00", "80, 70");
    version("lost", "2026-06-11 10:32:00", "CANCELLED", "2026-06-11 09:32:00", "80, 70");
    version("dateless", "2026-06-11 10:00:00", "RETURNED", "2026-06-10 22:00:00", "9, 9");
    version("of a date of its own", "2026-06-11 10:01:00", "SOLD", "2026-06-10 21:30:00", "9, 8");
    version("gone", "2026-06-11 10:02:00", "SOLD", "2026-06-11 09:31:00", "9, 7");
    version("gone", "2026-06-11 10:03:00", "SOLD", "2026-06-08 09:31:00", "9, 7");
    session.execute(
        "update {core}.sale_versions set sold_on = date '2026-06-08' where sold_at < timestamp '2026-06-09'");
  }

  private List<String> cells(String versions) throws SQLException {
    return DAY.cells(session, versions).stream()
        .map(
            cell ->
                "%d: %d sold %s, %s of %s, %d cancelled, %d returned"
                    .formatted(
                        cell.hour(),
                        cell.sold(),
                        cell.revenue(),
                        cell.net(),
                        cell.list(),
                        cell.cancelled(),
                        cell.returned()))
        .toList();
  }

  private void assertCells(String versions) throws SQLException {
    assertThat(
        cells(versions),
        contains(
            "-1: 0 sold 0.00, 0.00 of 0.00, 0 cancelled, 1 returned",
            "0: 1 sold 8.00, 8.00 of 9.00, 0 cancelled, 0 returned",
            "11: 2 sold 150.00, 100.00 of 120.00, 1 cancelled, 0 returned"));
  }

  @Test
  void versionsOfALoaderAndOfPipesGiveTheSame() throws Exception {
    fill();
    assertCells(LiveDay.VERSIONS_OF_FILE);
    assertCells(LiveDay.VERSIONS_OF_PIPES);
    List<LivePublication.Cell> loaded = DAY.cells(session, LiveDay.VERSIONS_OF_FILE);

    // Appended by pipes: some twice, after a restart, one of them published since, and of one
    // moment a lesser content too.
    session.execute("insert into {core}.sale_versions_live select * from {core}.sale_versions");
    session.execute(
        "insert into {core}.sale_versions_live select * replace ('r2' as run_id) from {core}.sale_versions where sale_id <> 'sold'");
    session.execute(
        "insert into {core}.sale_versions_live select * replace (1 as net_price) from {core}.sale_versions where sale_id = 'sold'");
    session.execute("delete from {core}.sale_versions where sale_id <> 'dateless'");
    assertCells(LiveDay.VERSIONS_OF_PIPES);
    assertThat(DAY.cells(session, LiveDay.VERSIONS_OF_PIPES), is(loaded));
  }

  @Test
  void salesOfPipesAloneAreFound() throws Exception {
    assertThat(cells(LiveDay.VERSIONS_OF_PIPES), is(empty()));
    fill();
    session.execute("insert into {core}.sale_versions_live select * from {core}.sale_versions");
    session.execute("delete from {core}.sale_versions");
    assertCells(LiveDay.VERSIONS_OF_PIPES);
  }
}
