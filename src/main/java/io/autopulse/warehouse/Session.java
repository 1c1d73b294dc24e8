package io.autopulse.warehouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connection, and the names that the statements sent over it may use: {@code {name}} in a
 * statement is replaced by its value.
 */
public final class Session {
  private final Connection connection;
  private final Map<String, String> names;

  /** Makes a session whose statements may use names in braces, such as {@code {core}}. */
  public Session(Connection connection, Map<String, String> names) {
    this.connection = connection;
    this.names = Map.copyOf(names);
  }

  /** Makes a session whose statements name the core schema, {@code {core}}, and nothing else. */
  public static Session ofCore(Connection connection) {
    return new Session(connection, Map.of("core", Warehouse.SCHEMA));
  }

  /** Returns the connection. */
  public Connection connection() {
    return connection;
  }

  /** Runs a statement and returns how many rows it changed. */
  public long execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(SqlNames.fill(sql, names));
    }
  }

  /** Runs a statement with bound values and returns how many rows it changed. */
  public long execute(String sql, List<? extends @Nullable Object> values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SqlNames.fill(sql, names))) {
      bind(statement, values);
      return statement.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, List<? extends @Nullable Object> values)
      throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
  }

  /** Returns the only number that a query gives. */
  public long number(String sql) throws SQLException {
    return query(sql, row -> row.getLong(1)).get(0);
  }

  /** Tells whether a relation has a row. */
  public boolean hasRows(String relation) throws SQLException {
    return any("select 1 from " + relation);
  }

  /** Tells whether a query gives at least one row. */
  public boolean any(String sql) throws SQLException {
    return !query(sql + " limit 1", row -> Boolean.TRUE).isEmpty();
  }

  /** Returns a query's rows. */
  public <T> List<T> query(String sql, RowReader<T> reader) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SqlNames.fill(sql, names))) {
      return read(rows, reader);
    }
  }

  /** Returns the rows of a query with bound values. */
  public <T> List<T> query(String sql, List<? extends @Nullable Object> values, RowReader<T> reader)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SqlNames.fill(sql, names))) {
      bind(statement, values);
      try (ResultSet rows = statement.executeQuery()) {
        return read(rows, reader);
      }
    }
  }

  private static <T> List<T> read(ResultSet rows, RowReader<T> reader) throws SQLException {
    List<T> read = new ArrayList<>();
    while (rows.next()) {
      read.add(reader.read(rows));
    }
    return read;
  }

  /** Makes a value of the row that a result set stands on. */
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }
}
