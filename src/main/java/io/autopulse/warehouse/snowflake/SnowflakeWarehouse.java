package io.autopulse.warehouse.snowflake;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.MigrationReport;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.schema.Migrations;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A warehouse in a schema of Snowflake. Every connection is a session of its own; nothing is open
 * between them. Opening reads the settings only: a login that fails, or a schema that is absent, is
 * told by the first connection.
 */
public final class SnowflakeWarehouse implements Warehouse {
  static {
    // By default the driver writes each login to the terminal by java.util.logging; through SLF4J
    // its voice is set where all others are, in simplelogger.properties.
    if (System.getProperty("net.snowflake.jdbc.loggerImpl") == null) {
      System.setProperty("net.snowflake.jdbc.loggerImpl", "net.snowflake.client.log.SLF4JLogger");
    }
  }

  private final SnowflakeSettings settings;
  private final boolean readOnly;

  private SnowflakeWarehouse(SnowflakeSettings settings, boolean readOnly) {
    this.settings = settings;
    this.readOnly = readOnly;
  }

  /**
   * Opens a warehouse.
   *
   * @param settings how to reach it
   * @param readOnly whether statements that write are refused before they are sent
   */
  public static SnowflakeWarehouse open(SnowflakeSettings settings, boolean readOnly) {
    return new SnowflakeWarehouse(settings, readOnly);
  }

  /** Returns how the warehouse is reached. */
  public SnowflakeSettings settings() {
    return settings;
  }

  @Override
  public Connection connect() {
    Connection session = session();
    try {
      use(session, "schema " + settings.uri().database() + "." + SCHEMA);
      return JavaTimeConnection.over(session, readOnly);
    } catch (SQLException e) {
      throw SnowflakeProblem.of(closed(session, e), settings);
    }
  }

  @Override
  public MigrationReport migrate() {
    return migrations().apply();
  }

  @Override
  public List<String> pending() {
    return migrations().pending();
  }

  private Migrations migrations() {
    return new Migrations(
        () -> {
          Connection session = session();
          try {
            use(session, "database " + settings.uri().database());
            return session;
          } catch (SQLException e) {
            throw SnowflakeProblem.ofDatabase(closed(session, e), settings);
          }
        },
        name());
  }

  /**
   * Returns a new session in no database, in the driver's own ways with times.
   *
   * @throws InputException if the login is refused, or the server is not there
   */
  public Connection session() {
    try {
      return DriverManager.getConnection(settings.jdbcUrl(), settings.jdbcProperties());
    } catch (SQLException e) {
      throw SnowflakeProblem.of(e, settings);
    }
  }

  private static void use(Connection session, String what) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute("use " + what);
    }
  }

  private static SQLException closed(Connection session, SQLException reason) {
    try {
      session.close();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
    return reason;
  }

  @Override
  public String name() {
    return settings.uri().toString();
  }

  /** Does nothing: connections are closed by those who opened them. */
  @Override
  public void close() {}
}
