package io.autopulse.sink;

import io.autopulse.sink.snowflake.SnowflakeSettings;
import io.autopulse.sink.snowflake.SnowflakeWarehouse;
import io.autopulse.testing.SnowflakeEmulator;
import io.autopulse.testing.SnowflakeSession;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Core tables in a database of the emulator. */
final class EmulatedWarehouse {
  private EmulatedWarehouse() {}

  /** Returns a warehouse whose core tables are empty, in a database of the test's own. */
  static SnowflakeWarehouse empty(SnowflakeEmulator snowflake, String database)
      throws SQLException {
    snowflake.connect(database, "RAW").close();
    SnowflakeWarehouse warehouse =
        SnowflakeWarehouse.open(
            SnowflakeSettings.of(
                (WarehouseUri.Snowflake)
                    WarehouseUri.parse(
                        "snowflake://%s/%s/%s"
                            .formatted(SnowflakeEmulator.ACCOUNT, database, Warehouse.SCHEMA)),
                Map.of(
                    "AUTOPULSE_SNOWFLAKE_HOST",
                    "http://%s:%d".formatted(snowflake.host(), snowflake.port()),
                    "AUTOPULSE_SNOWFLAKE_USER",
                    SnowflakeEmulator.USER,
                    "AUTOPULSE_SNOWFLAKE_PASSWORD",
                    SnowflakeEmulator.PASSWORD)),
            false);
    warehouse.migrate();
    try (SnowflakeSession session = new SnowflakeSession(warehouse.connect())) {
      for (String table :
          List.of(
              "sales",
              "sale_versions",
              "vehicles",
              "dealers",
              "sales_kpi",
              "rejected_records",
              "load_runs",
              "load_run_feeds",
              "load_run_audits")) {
        session.run("delete from " + table);
      }
    }
    return warehouse;
  }
}
