package io.autopulse.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.report.TrendReport.Mover;
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

class TrendReportTest {
  private static final LocalDate MONDAY = LocalDate.of(2024, 1, 1);

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

  private void weeks(String dimension, String member, long... units) throws SQLException {
    for (int i = 0; i < units.length; i++) {
      tables.execute(
          "insert into trend_features (week_start, dimension, member, units, run_id) values ('%s', '%s', '%s', %d, 'r')"
              .formatted(MONDAY.plusWeeks(i), dimension, member, units[i]));
    }
  }

  @Test
  void moversComeWithTheirSharesAndAVerdict() throws SQLException {
    weeks("model", "UP", 10, 10, 10, 10, 15, 15, 15, 15);
    weeks("model", "DOWN", 10, 10, 10, 10, 5, 5, 5, 5);
    weeks("model", "SAME", 5, 5, 5, 5, 5, 5, 5, 5);

    TrendReport report = TrendReport.of(tables.connection(), 4, 5, List.of("model"));

    assertThat(report.closedWeeks(), is(8L));
    assertThat(report.lastWeek(), is(Optional.of(LocalDate.of(2024, 2, 19))));
    assertThat(report.lastSale(), is(Optional.of(LocalDate.of(2024, 2, 19))));
    // Of 100 units UP had 40 and has 60, of seven pairs no noise is known.
    assertThat(
        report.movers(),
        contains(
            mover("UP", 60, 40, 20, "0.500000", "0.600000", "0.400000", "0.200000"),
            mover("DOWN", 20, 40, -20, "-0.500000", "0.200000", "0.400000", "-0.200000")));
  }

  private static Mover mover(
      String member,
      long now,
      long before,
      long change,
      String relative,
      String shareNow,
      String shareBefore,
      String shareChange) {
    return new Mover(
        "model",
        member,
        LocalDate.of(2024, 2, 19),
        4,
        now,
        before,
        change,
        new BigDecimal(relative),
        new BigDecimal(shareNow),
        new BigDecimal(shareBefore),
        new BigDecimal(shareChange),
        // The one change of 25 / 25 or 25 / 15, and six of 0, are less than Poisson's.
        new BigDecimal("1.000000"),
        null,
        null,
        null);
  }

  @Test
  void topIsOfRisersAndFallersEachAndOfEachDimension() throws SQLException {
    weeks("model", "UP", 1, 1, 1, 1, 9, 9, 9, 9);
    weeks("model", "UP LESS", 1, 1, 1, 1, 2, 2, 2, 2);
    weeks("model", "DOWN", 9, 9, 9, 9, 1, 1, 1, 1);
    weeks("region", "NORTH", 9, 9, 9, 9, 1, 1, 1, 1);

    TrendReport report = TrendReport.of(tables.connection(), 4, 1, List.of("region", "model"));

    assertThat(report.dimensions(), contains("region", "model"));
    assertThat(
        report.movers().stream().map(mover -> mover.dimension() + " " + mover.member()).toList(),
        contains("model UP", "model DOWN", "region NORTH"));
  }

  @Test
  void usualDimensionsAreShownUnlessOthersWerePublished() throws SQLException {
    assertThat(
        TrendReport.of(tables.connection(), 4, 5, List.of()).dimensions(),
        contains("model", "powertrain", "region"));

    weeks("make", "RENAULT", 1);
    weeks("dealer", "D1", 1);

    assertThat(
        TrendReport.of(tables.connection(), 4, 5, List.of()).dimensions(),
        contains("dealer", "make"));
    assertThat(
        TrendReport.of(tables.connection(), 4, 5, List.of("make", "make")).dimensions(),
        contains("make"));
    InputException unknown =
        assertThrows(
            InputException.class,
            () -> TrendReport.of(tables.connection(), 4, 5, List.of("maker")));
    assertThat(
        unknown.getMessage(),
        is("--by: the trends know no dimension \"maker\". Did you mean \"make\"?"));
  }

  @Test
  void lastSaleIsKnownThoughNothingMoved() throws SQLException {
    weeks("model", "CLIO", 3, 0, 0);

    TrendReport report = TrendReport.of(tables.connection(), 4, 5, List.of("model"));

    assertThat(report.closedWeeks(), is(3L));
    assertThat(report.lastWeek(), is(Optional.of(LocalDate.of(2024, 1, 15))));
    assertThat(report.lastSale(), is(Optional.of(MONDAY)));
    assertThat(report.movers(), is(empty()));
  }

  @Test
  void withoutFeaturesThereIsNoWeek() throws SQLException {
    TrendReport report = TrendReport.of(tables.connection(), 4, 5, List.of("model"));

    assertThat(report.closedWeeks(), is(0L));
    assertThat(report.lastWeek(), is(Optional.empty()));
    assertThat(report.lastSale(), is(Optional.empty()));
  }
}
