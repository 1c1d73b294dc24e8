package io.autopulse.sink.publish.forecast;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.testing.ForecastLedger;
import io.autopulse.testing.PublishedTables;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastOverrideTest {
  private static final Instant MONDAY = Instant.parse("2026-11-16T09:00:00Z");

  @TempDir private Path folder;
  private Connection ledger;

  @BeforeEach
  void open() throws Exception {
    ledger = ForecastLedger.at(folder.resolve("a.duckdb"));
  }

  @AfterEach
  void close() throws SQLException {
    ledger.close();
  }

  private static ForecastOverride override(
      String dimension, String member, String period, String units, String reason) {
    return new ForecastOverride(
        "week", dimension, member, LocalDate.parse(period), new BigDecimal(units), "Ada", reason);
  }

  private List<String> rows(String sql) throws SQLException {
    return PublishedTables.rows(ledger, sql);
  }

  @Test
  void lastNumberStandsBesideTheForecastAndChangesNothingOfIt() throws SQLException {
    List<String> before = rows("select * from forecasts order by all");
    override("region", "NORTH", "2026-11-23", "35", "a fleet").add(ledger, MONDAY);
    override("region", "NORTH", "2026-11-23", "40.5", "a larger fleet")
        .add(ledger, MONDAY.plusSeconds(1));

    assertThat(
        rows(
            "select period_start, mean, override_units, override_author, override_reason from forecasts_current where member = 'NORTH' and published order by 1"),
        contains(
            "2026-11-16|21.000000|null|null|null",
            "2026-11-23|22.000000|40.500000|Ada|a larger fleet",
            "2026-11-30|23.000000|null|null|null"));
    assertThat(rows("select as_of from forecast_overrides"), contains("2026-11-15", "2026-11-15"));
    assertThat(rows("select * from forecasts order by all"), is(before));
  }

  @Test
  void whatIsNotForecastIsNamedWithWhatIs() {
    assertThat(
        problem(override("region", "NORHT", "2026-11-23", "1", "x")),
        is("--member: no forecast of region is of \"NORHT\". Did you mean \"NORTH\"?"));
    assertThat(
        problem(override("model", "NORTH", "2026-11-23", "1", "x")),
        startsWith("--dimension: no week of \"model\" is forecast. See: autopulse sql"));
    assertThat(
        problem(override("region", "NORTH", "2026-11-24", "1", "x")),
        startsWith(
            "--period: 2026-11-24 is not the first day of a week that is forecast. See: autopulse sql"));
  }

  @Test
  void nobodyChangesANumberWithoutAReason() {
    assertThat(
        assertThrows(
                InputException.class, () -> override("region", "NORTH", "2026-11-23", "1", " "))
            .getMessage(),
        is("--because: is blank. Say who changes the number, and why"));
  }

  private String problem(ForecastOverride override) {
    return assertThrows(InputException.class, () -> override.add(ledger, MONDAY)).getMessage();
  }
}
