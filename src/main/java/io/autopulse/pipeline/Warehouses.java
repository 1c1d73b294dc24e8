package io.autopulse.pipeline;

import io.autopulse.domain.problem.InputException;
import io.autopulse.sink.live.snowflake.SnowflakeCheck;
import io.autopulse.warehouse.Finding;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseUri;
import io.autopulse.warehouse.duckdb.DuckDbCheck;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import io.autopulse.warehouse.snowflake.SnowflakeSettings;
import io.autopulse.warehouse.snowflake.SnowflakeWarehouse;
import java.util.Map;
import java.util.function.Consumer;

/** Opens or checks the warehouse that a URI names, whichever it is. */
public final class Warehouses {
  private Warehouses() {}

  /**
   * Opens a warehouse.
   *
   * @param uri which
   * @param settings how to open a DuckDB file; of Snowflake, whether it is for reading only
   * @param environment the variables that say how to log in to Snowflake
   * @throws InputException if the warehouse cannot be opened, or a variable must be mended
   */
  public static Warehouse open(
      WarehouseUri uri, DuckDbSettings settings, Map<String, String> environment) {
    if (uri instanceof WarehouseUri.Snowflake snowflake) {
      return SnowflakeWarehouse.open(
          SnowflakeSettings.of(snowflake, environment), settings.readOnly());
    }
    return DuckDbWarehouse.open(uri.duckDbFile(), settings);
  }

  /**
   * Finds out whether a run could use a warehouse now, and tells each finding when it is made.
   *
   * @param uri which
   * @param environment the variables that say how to log in to Snowflake
   * @param findings told of each subject
   * @throws InputException if a variable must be mended first
   */
  public static void check(
      WarehouseUri uri, Map<String, String> environment, Consumer<Finding> findings) {
    if (uri instanceof WarehouseUri.Snowflake snowflake) {
      SnowflakeCheck.run(SnowflakeSettings.of(snowflake, environment), findings);
    } else {
      DuckDbCheck.run(uri.duckDbFile(), findings);
    }
  }
}
