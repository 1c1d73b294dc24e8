package io.autopulse.sink;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Gives out connections to a DuckDB database that is already open. Flyway's own data source opens
 * the file again, with a user and a password, which DuckDB refuses as another configuration.
 */
final class DuplicatingDataSource implements DataSource {
  private final DuckDBConnection open;

  DuplicatingDataSource(DuckDBConnection open) {
    this.open = open;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return open.duplicate();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return open.duplicate();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    // DuckDB writes no log.
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // The database is open already.
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("no java.util.logging");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
