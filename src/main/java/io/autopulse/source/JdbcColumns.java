package io.autopulse.source;

import io.autopulse.domain.quality.InputException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The columns of a query, as the database names them, without reading a row. */
public final class JdbcColumns {
  private JdbcColumns() {}

  /**
   * Asks the database.
   *
   * @param query a SELECT
   * @param place where the manifest names the source
   * @throws InputException if the database cannot be asked, or refuses the query
   */
  public static List<String> of(ReadJdbc.Connection database, String query, String place) {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select * from (%s) as autopulse_all where 1 = 0".formatted(query));
        ResultSet none = statement.executeQuery()) {
      ResultSetMetaData columns = none.getMetaData();
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        names.add(columns.getColumnLabel(i));
      }
      return names;
    } catch (SQLException e) {
      throw new InputException(
          place,
          "the database does not give the columns: " + reason(e),
          "Check url, user and password, and that the table or query is right",
          e);
    }
  }

  /** Returns what the driver says; the pool of connections around it only says that it failed. */
  private static String reason(SQLException problem) {
    SQLException said = problem;
    while (said.getCause() instanceof SQLException cause) {
      said = cause;
    }
    return String.valueOf(said.getMessage()).strip().replaceAll("\\s+", " ");
  }
}
