package io.autopulse.sink.publish;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.MigratedFile;
import io.autopulse.testing.WarehouseRows;
import io.autopulse.testing.snowflake.SharedSnowflake;
import io.autopulse.testing.snowflake.SnowflakeEmulator;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import io.autopulse.warehouse.snowflake.SnowflakeWarehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Vintages, corrections and shares are the same in the Snowflake emulator as in DuckDB. */
@ExtendWith(SharedSnowflake.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SnowflakeMarketIT {
  @TempDir private Path directory;

  private static void tell(Connection connection) throws SQLException {
    StagedRun.may(connection, "r1").publish();
    StagedMarket.on(connection, "m1", "2024-06-11")
        .registrations("RENAULT", "2024-06-03", 15)
        .registrations("RENAULT", "2024-06-11", 16)
        .registrations("TESLA", "2024-06-03", 5)
        .undated("PEUGEOT", "2024-05-31", 7)
        .run(
            "insert into {fuel_prices} values (date '2024-05-01', 'NORTH', 'DIESEL', date '2024-05-02', 1.7001, 1.7, 1.7002, 2, true, 2, 0)")
        .run(
            "insert into {market_attention} values (date '2024-05-01', 'FORUM', 'RENAULT', date '2024-05-02', null, 2, 0.624900, true, 2, 0)")
        .counted(4, 1, 0)
        .run(
            "insert into {load_run_feeds} values ('fuel_prices', 2, 2, 0, 0, 0, 0, 0, 0, null, null)")
        .run("insert into {load_run_feeds} values ('social', 2, 2, 0, 0, 0, 0, 0, 0, null, null)")
        .publish();
    // The evening of the 11th, a corrected file, and the same once more.
    for (String run : List.of("m2", "m3")) {
      StagedMarket.on(connection, run, "2024-06-12")
          .registrations("RENAULT", "2024-06-11", 32)
          .undated("PEUGEOT", "2024-05-31", 9)
          .counted(2, 0, 0)
          .publish();
    }
    // A later extract lacks a make.
    StagedMarket.on(connection, "m4", "2024-06-13")
        .registrations("TESLA", "2024-06-03", 5)
        .run(
            "insert into {market_registrations} values (date '2024-05-01', 'month', 'ALL', 'TESLA', 'ALL', 'ALL', date '2024-06-13', null, true, 0, 0)")
        .counted(1, 1, 0)
        .publish();
    StagedRun.may(connection, "r2").publish();
  }

  @Test
  void vintagesCorrectionsAndSharesAreThoseOfDuckDb(SnowflakeEmulator emulator)
      throws SQLException, IOException {
    Map<String, List<String>> expected;
    Path file = MigratedFile.at(directory.resolve("same.duckdb"));
    try (DuckDbWarehouse duckDb = DuckDbWarehouse.open(file, DuckDbSettings.RUN);
        Connection embedded = duckDb.connect()) {
      tell(embedded);
      expected = WarehouseRows.whole(embedded);
    }
    SnowflakeWarehouse warehouse = EmulatedWarehouse.empty(emulator, "SNOWFLAKEMARKETIT");
    try (Connection connection = warehouse.connect()) {
      tell(connection);
      Map<String, List<String>> found = WarehouseRows.whole(connection);
      for (String table : expected.keySet()) {
        assertThat(table, found.get(table), is(expected.get(table)));
      }
      assertThat(
          WarehouseRows.of(
              connection,
              "select make, known_on, registrations, run_id from market_registrations_history where make <> 'TESLA'"),
          contains(
              "make=7:PEUGEOT|known_on=10:2024-05-31|registrations=1:7|run_id=2:m1",
              "make=7:PEUGEOT|known_on=10:2024-06-12|registrations=1:9|run_id=2:m2",
              "make=7:RENAULT|known_on=10:2024-06-03|registrations=2:15|run_id=2:m1",
              "make=7:RENAULT|known_on=10:2024-06-11|registrations=2:32|run_id=2:m2"));
      assertThat(
          WarehouseRows.of(
              connection,
              "select make from market_registrations union all select make from market_registrations_current"),
          containsInAnyOrder(
              "make=7:PEUGEOT", "make=7:PEUGEOT", "make=7:RENAULT", "make=7:RENAULT"));
      assertThat(
          WarehouseRows.of(
              connection,
              "select dimension, member, market_share from sales_kpi_current where market_share is not null"),
          contains(
              "dimension=4:make|member=7:PEUGEOT|market_share=8:0.000000",
              "dimension=4:make|member=7:RENAULT|market_share=8:0.062500",
              "dimension=5:total|member=3:ALL|market_share=8:0.048780"));
    }
  }
}
