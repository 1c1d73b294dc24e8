package io.autopulse.sink.publish;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

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

/** What {@code trend_movers} and {@code sales_kpi_sliding} show. */
class TrendViewsTest {
  private static final LocalDate MONDAY = LocalDate.of(2024, 1, 1);

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

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void weeks(String member, int from, long... units) throws SQLException {
    for (int i = 0; i < units.length; i++) {
      execute(
          "insert into trend_features (week_start, dimension, member, units, run_id) values ('%s', 'make', '%s', %d, 'r')"
              .formatted(MONDAY.plusWeeks(from + i), member, units[i]));
    }
  }

  private List<String> movers(String columns) throws SQLException {
    return PublishedTables.rows(
        connection, "select " + columns + " from trend_movers order by weeks, member");
  }

  private void twentyWeeks() throws SQLException {
    weeks("STEADY", 0, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10);
    weeks("STEADY", 16, 20, 20, 20, 20);
    weeks("NOISY", 0, 2, 18, 2, 18, 2, 18, 2, 18, 2, 18, 2, 18, 2, 18, 2, 18);
    weeks("NOISY", 16, 12, 28, 12, 28);
    weeks("NEW", 18, 30, 10);
  }

  @Test
  void windowsAreComparedByUnitsAndShares() throws SQLException {
    twentyWeeks();
    assertThat(
        movers(
            "weeks, last_week, member, units_now, units_before, units_change, coalesce(cast(relative_change as varchar), 'null'), share_now, share_before, share_change"),
        contains(
            "4|2024-05-13|NEW|40|0|40|null|0.200000|0.000000|0.200000",
            "4|2024-05-13|NOISY|80|40|40|1.000000|0.400000|0.500000|-0.100000",
            "4|2024-05-13|STEADY|80|40|40|1.000000|0.400000|0.500000|-0.100000"));
  }

  @Test
  void theSameChangeIsNoiseOfOneMemberAndNotOfAnother() throws SQLException {
    twentyWeeks();
    // NOISY: 15 pairs of 16^2 / 20, one of 6^2 / 30, three of 16^2 / 40, over 19 pairs. STEADY:
    // below
    // Poisson's, which is the least. z = 40 / sqrt(dispersion * 120). Of two tests the smaller
    // p-value counts twice.
    assertThat(
        movers("member, dispersion, z, round(p_value, 5), larger_than_noise").subList(1, 3),
        contains(
            "NOISY|11.178947|1.092116|0.27478|false", "STEADY|1.000000|3.651484|0.00052|true"));
  }

  @Test
  void fewWeeksTellNoNoise() throws SQLException {
    weeks("A", 0, 10, 10, 10, 10, 90, 90, 90, 90);
    assertThat(
        movers("member, units_change, coalesce(cast(larger_than_noise as varchar), 'null')"),
        contains("A|320|null"));
  }

  @Test
  void windowsThatTheHistoryDoesNotHoldAreNotCompared() throws SQLException {
    weeks("A", 0, 10, 10, 10, 10, 10, 10, 10);
    assertThat(movers("*"), is(empty()));
    weeks("B", 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    assertThat(
        movers("weeks, member, units_now, units_before"),
        contains("4|B|4|4", "13|A|0|70", "13|B|13|13"));
  }

  private void day(String day, long units, String revenue) throws SQLException {
    execute(
        """
        insert into sales_kpi (
            grain, window_start, window_end, dimension, member, units_sold, units_cancelled,
            units_returned, revenue, revision, is_final, computed_at, run_id
        ) values ('day', '%1$s', date '%1$s' + 1, 'make', 'A', %2$d, 0, 0, %3$s, 1, false, now(), 'r')
        """
            .formatted(day, units, revenue));
  }

  @Test
  void slidingWindowsEndWithEveryDayUpToTheLast() throws SQLException {
    day("2024-05-01", 1, "100.00");
    day("2024-05-04", 2, "500.00");
    day("2024-05-09", 1, "50.01");
    assertThat(
        PublishedTables.rows(
            connection,
            "select window_start, window_end, units_sold, revenue, average_price from sales_kpi_sliding where grain = '7d' order by window_end"),
        contains(
            "2024-04-25|2024-05-02|1|100.00|100.00",
            "2024-04-26|2024-05-03|1|100.00|100.00",
            "2024-04-27|2024-05-04|1|100.00|100.00",
            "2024-04-28|2024-05-05|3|600.00|200.00",
            "2024-04-29|2024-05-06|3|600.00|200.00",
            "2024-04-30|2024-05-07|3|600.00|200.00",
            "2024-05-01|2024-05-08|3|600.00|200.00",
            "2024-05-02|2024-05-09|2|500.00|250.00",
            "2024-05-03|2024-05-10|3|550.01|183.34"));
    assertThat(
        PublishedTables.rows(
            connection,
            "select units_sold, revenue from sales_kpi_sliding where grain = '28d' and window_end = '2024-05-10'"),
        contains("4|650.01"));
  }
}
