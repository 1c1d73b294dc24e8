package io.autopulse.source.jdbc;

import io.autopulse.domain.problem.InputException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Asks a database before a job starts whether it would answer: that it can be reached, lets the
 * user in, and knows the table or query and the columns that the manifest names. No row is read.
 */
public final class JdbcCheck {
  private JdbcCheck() {}

  /**
   * Asks, and returns the columns as the database names them.
   *
   * @param relation the manifest's key that names the rows: table or query
   * @param name the table, or what stands for the query
   * @param query a SELECT of all rows
   * @param cursorColumn the column that selects rows, or null
   * @param partitionColumn the column that divides rows, or null
   * @param place gives the place of a key of the source
   * @throws InputException with the key that must be corrected
   * @throws IllegalStateException if the database cannot answer for another reason
   */
  public static List<String> columns(
      ReadJdbc.Connection database,
      String relation,
      String name,
      String query,
      @Nullable String cursorColumn,
      @Nullable String partitionColumn,
      UnaryOperator<String> place) {
    DataSource source;
    try {
      source = database.dataSource();
    } catch (InputException e) {
      throw String.valueOf(e.getMessage()).contains("password") ? e : e.at(place.apply("url"));
    }
    String key = relation;
    try (java.sql.Connection connection = source.getConnection()) {
      List<String> columns = ask(connection, "*", query);
      if (cursorColumn != null) {
        key = "cursor_column";
        ask(connection, cursorColumn, query);
      }
      if (partitionColumn != null) {
        key = "partition_column";
        ask(connection, partitionColumn, query);
      }
      return columns;
    } catch (SQLException e) {
      InputException told = JdbcProblem.of(e, key, name, place);
      throw told == null
          ? new IllegalStateException("asking " + name + ": " + JdbcProblem.said(e), e)
          : told;
    }
  }

  private static List<String> ask(java.sql.Connection connection, String what, String query)
      throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                "select %s from (%s) as autopulse_all where 1 = 0".formatted(what, query));
        ResultSet none = statement.executeQuery()) {
      ResultSetMetaData columns = none.getMetaData();
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        names.add(columns.getColumnLabel(i));
      }
      return names;
    }
  }
}
