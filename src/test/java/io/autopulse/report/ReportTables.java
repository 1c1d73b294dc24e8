package io.autopulse.report;

import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Core tables that a test fills and reports read. */
final class ReportTables implements AutoCloseable {
  private final DuckDbWarehouse warehouse;
  private final Connection connection;

  ReportTables(Path directory) throws IOException {
    warehouse =
        DuckDbWarehouse.open(MigratedFile.at(directory.resolve("a.duckdb")), DuckDbSettings.RUN);
    connection = warehouse.connect();
  }

  Connection connection() {
    return connection;
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    warehouse.close();
  }
}
