package io.autopulse.sink.publish;

import io.autopulse.testing.WarehouseRows;
import io.autopulse.testing.snowflake.SnowflakeEmulator;
import io.autopulse.testing.snowflake.SnowflakeSession;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseUri;
import io.autopulse.warehouse.snowflake.SnowflakeSettings;
import io.autopulse.warehouse.snowflake.SnowflakeWarehouse;
import java.sql.SQLException;
import java.util.Map;

/** Core tables in a database of the emulator. */
final class EmulatedWarehouse {
  private EmulatedWarehouse() {}

  /** Returns a warehouse whose core tables are empty, in a database of the test's own. */
  static SnowflakeWarehouse empty(SnowflakeEmulator snowflake, String database)
      throws SQLException {
    snowflake.connect(database, "RAW").close();
    Map<String, String> environment = snowflake.environment();
    environment.put("AUTOPULSE_SNOWFLAKE_PASSWORD", SnowflakeEmulator.PASSWORD);
    SnowflakeWarehouse warehouse =
        SnowflakeWarehouse.open(
            SnowflakeSettings.of(
                (WarehouseUri.Snowflake)
                    WarehouseUri.parse(
                        "snowflake://%s/%s/%s"
                            .formatted(SnowflakeEmulator.ACCOUNT, database, Warehouse.SCHEMA)),
                environment),
            false);
    warehouse.migrate();
    try (SnowflakeSession session = new SnowflakeSession(warehouse.connect())) {
      for (String table : WarehouseRows.TABLES) {
        session.run("delete from " + table);
      }
    }
    return warehouse;
  }
}
