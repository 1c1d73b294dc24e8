package io.autopulse.sink.publish;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.kpi.Measures;
import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code sales_kpi_current} shows of refreshed rows and live panes. */
class CurrentKpisTest {
  @TempDir private Path directory;

  private DuckDbWarehouse warehouse;
  private Connection connection;

  @BeforeEach
  void open() throws IOException {
    warehouse =
        DuckDbWarehouse.open(MigratedFile.at(directory.resolve("a.duckdb")), DuckDbSettings.RUN);
    connection = warehouse.connect();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    warehouse.close();
  }

  @Test
  void highestRevisionShowsAndTheRefreshAtATie() throws SQLException {
    row("sales_kpi", "day", "2024-05-01", "make", "A", 10, 3, false);
    row("sales_kpi", "day", "2024-05-01", "make", "B", 20, 2, false);
    row("sales_kpi_live", "day", "2024-05-01", "make", "A", 11, 3, false);
    row("sales_kpi_live", "day", "2024-05-01", "make", "B", 22, 4, false);
    row("sales_kpi_live", "day", "2024-05-01", "make", "C", 30, 1, false);

    assertThat(current(), contains("A|10|3", "B|22|4", "C|30|1"));
  }

  @Test
  void finalRowClosesItsWindowToLivePanesOfEveryMember() throws SQLException {
    row("sales_kpi", "day", "2024-05-01", "make", "A", 10, 3, true);
    row("sales_kpi_live", "day", "2024-05-01", "make", "A", 11, 9, false);
    row("sales_kpi_live", "day", "2024-05-01", "make", "B", 12, 9, false);
    row("sales_kpi_live", "day", "2024-05-02", "make", "C", 13, 1, false);
    row("sales_kpi_live", "hour", "2024-05-01", "make", "D", 14, 1, false);

    assertThat(current(), contains("A|10|3", "C|13|1", "D|14|1"));
  }

  @Test
  void rowThatIsNotFinalClosesNothing() throws SQLException {
    row("sales_kpi", "day", "2024-05-01", "make", "A", 10, 3, false);
    row("sales_kpi_live", "day", "2024-05-01", "make", "B", 12, 1, false);

    assertThat(current(), contains("A|10|3", "B|12|1"));
  }

  @Test
  void shareIsTakenOverTheRowsShown() throws SQLException {
    row("sales_kpi", "day", "2024-05-01", "make", "A", 9, 1, false);
    row("sales_kpi_live", "day", "2024-05-01", "make", "A", 1, 2, false);
    row("sales_kpi_live", "day", "2024-05-01", "make", "B", 2, 1, false);
    row("sales_kpi_live", "day", "2024-05-01", "model", "A 1", 5, 1, false);
    row("sales_kpi_live", "day", "2024-05-02", "make", "A", 0, 2, false);

    assertThat(
        StagedRun.rows(
            connection,
            "select dimension, member, sales_mix from sales_kpi_current order by window_start, dimension, member"),
        contains("make|A|0.333333", "make|B|0.666667", "model|A 1|1.000000", "make|A|null"));
  }

  @Test
  void shareRoundsAsTheRefreshDoesAtEveryTie() throws SQLException {
    // Wholes with many factors two and five: their shares end in the middle of two millionths.
    List<String> expected = new ArrayList<>();
    List<String> values = new ArrayList<>();
    int day = 0;
    for (int whole : new int[] {128, 640, 3_200, 16_000, 1_280_000, 2_000_000, 999_983}) {
      for (int part : new int[] {1, 3, 7, 63, 101}) {
        day++;
        values.add(values(day, "A", part));
        values.add(values(day, "B", whole - part));
        expected.add(String.valueOf(Measures.share(part, whole)));
      }
    }
    execute("insert into sales_kpi_live values " + String.join(",", values));

    List<String> shares =
        StagedRun.rows(
            connection,
            "select cast(sales_mix * 1000000 as bigint) from sales_kpi_current where member = 'A' order by window_start");

    assertThat(shares, is(expected));
    assertThat(shares.get(0), is("7813"));
  }

  private static String values(int day, String member, int units) {
    return row(
        "day",
        "2024-05-01'::timestamp + interval '" + day + " days",
        "make",
        member,
        units,
        1,
        false);
  }

  private static String row(
      String grain,
      String start,
      String dimension,
      String member,
      int units,
      int revision,
      boolean isFinal) {
    return """
        ('%s', '%s', '2024-06-02', '%s', '%s', %d, 0, 0, 1, null, null, null, null, null, 0.5, null, %d, %s, '2024-05-02', 'r')
        """
        .formatted(grain, start, dimension, member, units, revision, isFinal);
  }

  private void row(
      String table,
      String grain,
      String start,
      String dimension,
      String member,
      int units,
      int revision,
      boolean isFinal)
      throws SQLException {
    execute(
        "insert into "
            + table
            + " values "
            + row(grain, start, dimension, member, units, revision, isFinal));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> current() throws SQLException {
    return StagedRun.rows(
        connection, "select member, units_sold, revision from sales_kpi_current order by 1");
  }
}
