package io.autopulse.testing.snowflake;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements of a test in one session.
 *
 * @param connection the session
 */
public record SnowflakeSession(Connection connection) implements AutoCloseable {
  /** Opens a session in a database of the test's own. */
  public static SnowflakeSession open(SnowflakeEmulator snowflake, Class<?> test)
      throws SQLException {
    return new SnowflakeSession(snowflake.connect(test.getSimpleName(), "RAW"));
  }

  /** Runs statements. */
  public void run(String... statements) throws SQLException {
    for (String sql : statements) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }

  /** Runs a statement; returns how many rows it changed. */
  public int update(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  /** Runs a statement that must fail; returns its error. */
  public SQLException fail(String sql) {
    return assertThrows(SQLException.class, () -> run(sql), sql);
  }

  /** Returns the rows of a query, their values separated by a bar. */
  public List<String> rows(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          values.add(String.valueOf(result.getObject(i)));
        }
        rows.add(String.join("|", values));
      }
      return rows;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
