package io.autopulse.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.autopulse.report.KpiReport.Member;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KpiReportTest {
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

  private void month(
      String month, String dimension, String member, int units, int price, boolean isFinal)
      throws SQLException {
    tables.execute(
        """
        insert into sales_kpi (
            grain, window_start, window_end, dimension, member, units_sold, units_cancelled,
            units_returned, revenue, average_price, sales_mix, revision, is_final, computed_at,
            run_id
        ) values (
            'month', '%1$s', timestamp '%1$s' + interval 1 month, '%2$s', '%3$s', %4$d, 0, 0,
            %4$d * %5$d, case when %4$d > 0 then %5$d end, case when %4$d > 0 then %4$d / 200 end,
            1, %6$s, '2024-04-01', 'r'
        )
        """
            .formatted(month, dimension, member, units, price, isFinal));
  }

  @Test
  void lastCompleteMonthIsComparedWithTheOneBefore() throws SQLException {
    month("2024-01-01", "total", "ALL", 9, 10, true);
    month("2024-02-01", "total", "ALL", 160, 10, true);
    month("2024-03-01", "total", "ALL", 200, 20, true);
    month("2024-04-01", "total", "ALL", 7, 20, false);
    month("2024-02-01", "model", "CLIO", 80, 10, true);
    month("2024-03-01", "model", "CLIO", 60, 20, true);
    month("2024-03-01", "model", "ZOE", 140, 20, true);
    month("2024-02-01", "region", "NORTH", 3, 20, true);
    month("2024-03-01", "region", "NORTH", 0, 20, true);

    KpiReport report = KpiReport.ofLastMonth(tables.connection()).orElseThrow();

    assertThat(report.month(), is(LocalDate.of(2024, 3, 1)));
    assertThat(report.before(), is(LocalDate.of(2024, 2, 1)));
    assertThat(
        List.copyOf(report.members().keySet()),
        contains("total", "model", "region", "dealer", "powertrain"));
    // 200 against 160 is a quarter more.
    assertThat(texts(report, "total"), contains("ALL 200 4000.00 20.00 100 25"));
    // ZOE was not sold before; CLIO lost a quarter.
    assertThat(
        texts(report, "model"),
        contains("ZOE 140 2800.00 20.00 70 null", "CLIO 60 1200.00 20.00 30 -25"));
    assertThat(texts(report, "region"), contains("NORTH 0 0.00 null null -100"));
    assertThat(report.members().get("dealer"), is(List.of()));
  }

  @Test
  void fiveMembersAreShownAndTiesAreInTheOrderOfTheirNames() throws SQLException {
    for (String model : List.of("F", "B", "D", "A", "E", "C")) {
      month("2024-03-01", "model", model, model.equals("E") ? 2 : 1, 20, true);
    }

    KpiReport report = KpiReport.ofLastMonth(tables.connection()).orElseThrow();

    assertThat(report.before(), is(report.month()));
    assertThat(
        report.members().get("model").stream().map(Member::name).toList(),
        contains("E", "A", "B", "C", "D"));
  }

  @Test
  void monthThatIsNotCompleteGivesNoReport() throws SQLException {
    assertThat(KpiReport.ofLastMonth(tables.connection()), is(Optional.empty()));

    month("2024-03-01", "total", "ALL", 7, 20, false);

    assertThat(KpiReport.ofLastMonth(tables.connection()), is(Optional.empty()));
  }

  private static List<String> texts(KpiReport report, String dimension) {
    return report.members().get(dimension).stream()
        .map(
            member ->
                "%s %d %s %s %s %s"
                    .formatted(
                        member.name(),
                        member.sold(),
                        member.revenue().toPlainString(),
                        member.averagePrice(),
                        plain(member.share()),
                        plain(member.change())))
        .toList();
  }

  private static String plain(BigDecimal number) {
    return number == null ? "null" : number.stripTrailingZeros().toPlainString();
  }
}
