package io.autopulse.warehouse.snowflake;

import io.autopulse.warehouse.WarehouseUri;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A database of an account that is there for as long as a test is. */
public final class AccountDatabase implements AutoCloseable {
  private final SnowflakeWarehouse warehouse;
  private final String name;

  private AccountDatabase(SnowflakeWarehouse warehouse, String name) {
    this.warehouse = warehouse;
    this.name = name;
  }

  /**
   * Makes the database that a warehouse's URI names.
   *
   * @throws SQLException if there is one of that name: it may be somebody's
   */
  public static AccountDatabase make(WarehouseUri.Snowflake uri, Map<String, String> environment)
      throws SQLException {
    AccountDatabase database =
        new AccountDatabase(
            SnowflakeWarehouse.open(SnowflakeSettings.of(uri, environment), false), uri.database());
    database.run("create database " + database.name);
    return database;
  }

  /** Drops the database. */
  @Override
  public void close() throws SQLException {
    run("drop database " + name);
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = warehouse.session();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
