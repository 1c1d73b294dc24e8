package io.autopulse.source.jdbc;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.TransientException;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a database answers instead of rows, as a problem of the manifest's key that is the likely
 * reason. Keys are those of a source: url, user, table, query, cursor_column, partition_column.
 */
public final class JdbcProblem {
  private JdbcProblem() {}

  /**
   * Returns the problem that the manifest's reader can fix.
   *
   * @param relation the key under which the rows are named: table or query
   * @param name the table, or what stands for the query
   * @param place gives the place of a key
   * @return null if it is none of the manifest's: the database is busy, or a connection broke
   */
  public static @Nullable InputException of(
      SQLException e, String relation, String name, UnaryOperator<String> place) {
    String state = String.valueOf(e.getSQLState());
    String said = said(e);
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      case "08" ->
          said.contains("password")
              ? login(said, place, e)
              : new TransientException(
                  place.apply("url"),
                  "the database cannot be reached: " + said,
                  "Check host and port, and that the database runs and lets this machine in",
                  e);
      case "28" -> login(said, place, e);
      case "3D" ->
          new InputException(
              place.apply("url"),
              "there is no such database: " + said,
              "Check the name at the end of the URL",
              e);
      case "3F", "42" -> relation(state, said, relation, name, place, e);
      case "22" ->
          new InputException(
              place.apply(relation),
              "the database cannot compute a row: " + said,
              "Change the query so that it gives the value as it is, such as text",
              e);
      default -> null;
    };
  }

  private static InputException login(String said, UnaryOperator<String> place, SQLException e) {
    return new InputException(
        place.apply("user"),
        "the database does not let the user in: " + said,
        "Check user, and the password that password_env or password_file names",
        e);
  }

  private static InputException relation(
      String state,
      String said,
      String relation,
      String name,
      UnaryOperator<String> place,
      SQLException e) {
    if (state.equals("42P01") && relation.equals("table")) {
      return new InputException(
          place.apply(relation),
          "the database has no table \"" + name + "\"",
          "Check the name, and write its schema before it, as in crm.sales",
          e);
    }
    if (state.equals("42501")) {
      return new InputException(
          place.apply(relation),
          "the user may not read it: " + said,
          "Have the right to select granted",
          e);
    }
    return new InputException(
        place.apply(relation), "the database refuses it: " + said, "Correct the " + relation, e);
  }

  /** Returns what the database said, in a line, without the name of a class. */
  static String said(SQLException e) {
    String message = String.valueOf(e.getMessage()).strip();
    Throwable cause = e.getCause();
    String detail =
        cause instanceof java.net.UnknownHostException
            ? " Unknown host: " + cause.getMessage()
            : "";
    return message
            .replaceFirst("^(ERROR|FATAL):\\s*", "")
            .replaceFirst("\\.$", "")
            .replaceAll("\\s*\\R\\s*", " ")
        + detail;
  }
}
