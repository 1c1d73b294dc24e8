package io.autopulse.operations.health;

import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** A warehouse without a row. */
final class EmptyTables implements AutoCloseable {
  private final DuckDbWarehouse warehouse;
  private final Connection connection;

  EmptyTables(Path folder) throws IOException {
    warehouse =
        DuckDbWarehouse.open(MigratedFile.at(folder.resolve("empty.duckdb")), DuckDbSettings.RUN);
    connection = warehouse.connect();
  }

  Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    warehouse.close();
  }
}
