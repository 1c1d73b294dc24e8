package io.autopulse.cli.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which days the marts have, and how much of a selling day each is. */
class SellingCalendarTest {
  private static final LocalDate TODAY = LocalDate.of(2025, 3, 4);

  @TempDir private Path folder;

  @Test
  void warehouseWithoutSalesHasTheCalendarOfThisYear() throws Exception {
    SellingCalendar calendar = calendar(Optional.empty(), "select 1");
    assertThat(calendar.first(), is(LocalDate.of(2024, 1, 1)));
    assertThat(calendar.last(), is(LocalDate.of(2026, 12, 31)));
  }

  @Test
  void targetsOfMonthsAheadAreInTheCalendar() throws Exception {
    SellingCalendar calendar =
        calendar(
            Optional.empty(),
            "insert into sales_targets (month, dealer_id, make, model, units, currency, run_id) values (date '2027-02-01', 'ALL', 'ALL', 'ALL', 5, 'EUR', 'r1')",
            "insert into market_registrations values (date '2019-05-01', 'month', 'ALL', 'A', 'ALL', 'ALL', 5, 'r1')");
    assertThat(calendar.first(), is(LocalDate.of(2018, 1, 1)));
    assertThat(calendar.last(), is(LocalDate.of(2028, 12, 31)));
  }

  @Test
  void holidaysAreOffAndBridgeDaysCountHalf() throws Exception {
    // 8 May 2024 and Ascension the day after; Friday bridges to the weekend.
    Path file = folder.resolve("calendar.csv");
    calendar(Optional.of("fr"), "select 1").write(file);
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0), is("date_day,selling_days,is_holiday"));
    assertThat(lines.size(), is(1 + 366 + 365 + 365));
    assertThat(
        lines,
        hasItems(
            "2024-05-07,1.000000,false",
            "2024-05-08,0.000000,true",
            "2024-05-09,0.000000,true",
            "2024-05-10,0.500000,false",
            "2024-05-11,0.000000,false"));
  }

  @Test
  void withoutACountryThereAreNoHolidays() throws Exception {
    Path file = folder.resolve("calendar.csv");
    calendar(Optional.empty(), "select 1").write(file);
    assertThat(
        Files.readAllLines(file),
        hasItems("2024-05-08,1.000000,false", "2024-12-25,1.000000,false"));
  }

  @Test
  void countryThatIsNotKnownIsAnError() {
    InputException error =
        assertThrows(InputException.class, () -> calendar(Optional.of("xx"), "select 1"));
    assertThat(error.getMessage(), containsString("no holidays of a country \"xx\""));
  }

  private SellingCalendar calendar(Optional<String> country, String... statements)
      throws Exception {
    Path file = MigratedFile.at(folder.resolve("w.duckdb"));
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(file, DuckDbSettings.RUN);
        Connection connection = warehouse.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
      return SellingCalendar.of(Session.ofCore(connection), country, TODAY);
    }
  }
}
