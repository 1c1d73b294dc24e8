package io.autopulse.sink.live.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import io.autopulse.sink.publish.StagedRun;
import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which panes of outdone revisions are deleted, and when. */
class OutdonePanesTest {
  private static final Instant START = Instant.parse("2024-05-02T10:00:00Z");
  private static final Instant LOADED = START.plusSeconds(1);
  private static final String CURRENT =
      "select window_start, member, units_sold, revision from sales_kpi_current order by all";
  private static final String STORED = "select count(*) from sales_kpi_live";

  @TempDir private Path directory;

  private DuckDbWarehouse warehouse;
  private Connection connection;
  private Session session;
  private LiveTables tables;
  private final List<String> steps = new ArrayList<>();
  private final OutdonePanes outdone = new OutdonePanes(START);

  @BeforeEach
  void make() throws IOException, SQLException {
    open(MigratedFile.at(directory.resolve("test.duckdb")));
  }

  private void open(Path database) throws SQLException {
    warehouse = DuckDbWarehouse.open(database, DuckDbSettings.RUN);
    connection = warehouse.connect();
    session = new Session(connection, Map.of("core", Warehouse.SCHEMA));
    tables = new LiveTables(session, steps::add);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    warehouse.close();
  }

  @Test
  void spaceOfThoseDeletedIsGivenBackWithoutMergingRowGroups() throws SQLException {
    session.execute("set max_vacuum_tasks = 0");
    for (int revision = 1; revision <= 260; revision++) {
      panes("2024-05-02", 2_000, revision);
      // A cell that changes once lies in each row group.
      panes("2024-05-02", "U" + revision + "-", 1, 1);
      if (revision % 130 == 0) {
        outdone.keepDown(tables, START);
      }
    }
    close();
    open(directory.resolve("test.duckdb"));

    assertThat(session.number(STORED), is(2_260L));
    assertThat(
        "also deleted rows",
        session.number(
            "select sum(count)::bigint from pragma_storage_info('AUTOPULSE_CORE.sales_kpi_live') where column_name = 'member' and segment_type <> 'VALIDITY'"),
        is(lessThan(250_000L)));
  }

  @Test
  void fewStay() throws SQLException {
    panes("2024-05-02", 100, 1);
    panes("2024-05-02", 100, 2);

    outdone.keepDown(tables, LOADED);

    assertThat(steps.isEmpty(), is(true));
    assertThat(session.number(STORED), is(200L));
  }

  @Test
  void thoseOfBusyWindowsGoWhenManyHaveCome() throws SQLException {
    panes("2024-05-01", 3, 1);
    panes("2024-05-01", 3, 2);
    for (int revision = 1; revision <= OutdonePanes.MOST / 1_000; revision++) {
      panes("2024-05-02", 1_000, revision);
    }
    List<String> seen = rows(CURRENT);

    outdone.keepDown(tables, LOADED);

    assertThat(rows(CURRENT), is(seen));
    assertThat(
        rows("select window_start::date, count(*) from sales_kpi_live group by all order by all"),
        contains("2024-05-01|6", "2024-05-02|1000"));

    outdone.keepDown(tables, LOADED);
    assertThat("it starts to count again", steps.size(), is(1));
  }

  @Test
  void thoseOfAllWindowsGoInSlicesWhenThereAreMoreOfThemThanOfOthers() throws SQLException {
    // No window is busy.
    int cells = (int) OutdonePanes.OF_A_BUSY_WINDOW / 2 - 1;
    int days = (int) OutdonePanes.MOST_OF_ALL / 2 / cells + 1;
    for (int day = 0; day < days; day++) {
      String date = START.plusSeconds(86_400L * day).toString().substring(0, 10);
      panes(date, cells, 2);
      panes(date, cells, 1);
    }
    panes("2024-05-02", 1, 2);
    long before = session.number(STORED);

    outdone.keepDown(tables, LOADED);
    assertThat("a slice at a time", session.number(STORED) > before * 3 / 4, is(true));
    for (int slice = 1; slice < OutdonePanes.SLICES; slice++) {
      panes("2023-01-01", 1, slice);
      outdone.keepDown(tables, LOADED);
    }

    assertThat(
        session.number(STORED + " where window_start >= '2024-01-01'"), is((long) cells * days));
    assertThat(
        rows("select distinct revision, units_sold from sales_kpi_live where member <> 'M0'"),
        contains("2|2"));
    assertThat(rows(CURRENT), hasItem("2024-05-02 00:00:00.0|M0|2|2"));

    panes("2023-01-01", 1, 99);
    outdone.keepDown(tables, LOADED);
    assertThat("no more until it has doubled", steps.size(), is(OutdonePanes.SLICES));
  }

  private void panes(String day, int cells, int revision) throws SQLException {
    panes(day, "M", cells, revision);
  }

  private void panes(String day, String member, int cells, int revision) throws SQLException {
    outdone.appended(
        session.execute(
            """
            insert into {core}.sales_kpi_live (
                grain, window_start, window_end, dimension, member, units_sold, units_cancelled,
                units_returned, revenue, revision, is_final, computed_at, run_id
            )
            select
                'day', timestamp '%1$s', timestamp '%1$s' + interval 1 day, 'make', '%4$s' || range,
                %2$d, 0, 0, 1, %2$d, false, timestamp '2024-05-02 10:00:00.5', 'r'
            from range(%3$d)
            """
                .formatted(day, revision, cells, member)));
  }

  private List<String> rows(String sql) throws SQLException {
    return StagedRun.rows(connection, sql);
  }
}
