package io.autopulse.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.report.LiveReport.Member;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveReportTest {
  private static final Dimension MODEL = Dimension.of(Attribute.MODEL);
  private static final Dimension DEALER = Dimension.of(Attribute.DEALER);
  private static final Dimension REGION = Dimension.of(Attribute.REGION);

  // A Thursday.
  private static final LocalDateTime NOW = LocalDateTime.parse("2024-05-02T13:20:00");

  @TempDir private Path directory;

  private ReportTables tables;

  @BeforeEach
  void open() throws IOException {
    tables = new ReportTables(directory);
  }

  @AfterEach
  void close() throws SQLException {
    tables.close();
  }

  private void pane(
      String grain, String start, String dimension, String member, int sold, int revision)
      throws SQLException {
    tables.execute(
        """
        insert into sales_kpi_live (
            grain, window_start, window_end, dimension, member, units_sold, units_cancelled,
            units_returned, revenue, revision, is_final, computed_at, run_id
        ) values ('%s', '%s', '2030-01-01', '%s', '%s', %5$d, 2, 1, %5$d * 10, %6$d, false, '2024-05-02', 'r')
        """
            .formatted(grain, start, dimension, member, sold, revision));
  }

  @Test
  void dayShowsTheBusinessAndItsStrongestModelsAndDealers() throws SQLException {
    pane("day", "2024-05-01", "total", "ALL", 99, 1);
    pane("day", "2024-05-02", "total", "ALL", 4, 1);
    pane("day", "2024-05-02", "total", "ALL", 5, 2);
    pane("day", "2024-05-02", "model", "ZOE", 3, 1);
    pane("day", "2024-05-02", "model", "CLIO", 2, 1);
    pane("day", "2024-05-02", "model", "R5", 0, 1);

    assertThat(
        LiveReport.of(
            tables.connection(),
            List.of(Grain.HOUR, Grain.DAY),
            List.of(Dimension.TOTAL, MODEL, DEALER, REGION),
            NOW),
        is(
            new LiveReport(
                Grain.DAY,
                LocalDate.of(2024, 5, 2),
                5,
                2,
                1,
                new BigDecimal("50.00"),
                Map.of(
                    "model",
                    List.of(
                        new Member("ZOE", 3, new BigDecimal("30.00")),
                        new Member("CLIO", 2, new BigDecimal("20.00"))),
                    "dealer",
                    List.of()))));
  }

  @Test
  void jobWithoutDaysAndTotalShowsItsShortestWindowAddedUpFromItsFirstDimension()
      throws SQLException {
    pane("week", "2024-04-29", "region", "NORTH", 3, 1);
    pane("week", "2024-04-29", "region", "SOUTH", 4, 1);

    LiveReport report =
        LiveReport.of(tables.connection(), List.of(Grain.WEEK, Grain.MONTH), List.of(REGION), NOW);

    assertThat(report.grain(), is(Grain.WEEK));
    assertThat(report.start(), is(LocalDate.of(2024, 4, 29)));
    assertThat(report.sold(), is(7L));
    assertThat(report.cancelled(), is(4L));
    assertThat(report.strongest(), is(Map.of()));
  }

  @Test
  void windowWithoutASaleIsZero() throws SQLException {
    LiveReport report =
        LiveReport.of(tables.connection(), List.of(Grain.DAY), List.of(Dimension.TOTAL), NOW);

    assertThat(report.sold(), is(0L));
    assertThat(report.revenue().signum(), is(0));
  }
}
