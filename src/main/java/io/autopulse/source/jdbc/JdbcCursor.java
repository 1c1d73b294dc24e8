package io.autopulse.source.jdbc;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.BusinessInterval;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Which rows of a table or query can tell of sales on the covered business dates: those whose
 * cursor, the moment at which a row was last written, is not before the first of these dates. It
 * has no upper end, because a later version may supersede one on a covered date. Rows without a
 * cursor are always read. Nothing is remembered between runs: the same dates read the same rows.
 *
 * @param column the column, a plain identifier of type timestamptz, timestamp or date
 * @param from the beginning of a day on the clocks by which a column without a zone is read
 * @param place of the column in the manifest, for messages
 */
public record JdbcCursor(String column, OffsetDateTime from, String place) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Set<String> TYPES = Set.of("timestamptz", "timestamp", "date");

  /**
   * Returns the cursor of a run.
   *
   * @param covered the business dates of the run
   * @param zone of the business dates
   * @param margin how long a cursor may lie before the moment of its sale
   * @param columnZone the zone of a column that has none
   * @param place of the column in the manifest, for messages
   */
  public static JdbcCursor covering(
      String column,
      BusinessInterval covered,
      ZoneId zone,
      Duration margin,
      ZoneId columnZone,
      String place) {
    // The first day of the column's own clocks, from its midnight on: clocks put back within a day
    // show times again, but never those of the day before, and a date is its whole day.
    LocalDate day =
        LocalDate.ofInstant(
            covered.from().atStartOfDay(zone).toInstant().minus(margin), columnZone);
    OffsetDateTime from =
        OffsetDateTime.of(day.atStartOfDay(), day.atStartOfDay(columnZone).getOffset());
    return new JdbcCursor(column, from, place);
  }

  /** Returns the query of those rows of a query that are read. */
  String rowsOf(String query) {
    // A literal without a type takes the column's in PostgreSQL: the moment for timestamptz, its
    // local part, the offset left out, for timestamp and date.
    return "select * from (%s) as autopulse_all where %s >= '%s' or %s is null"
        .formatted(query, column, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(from), column);
  }

  /**
   * Checks that the column of the query is one that can be compared: the order of texts, for one,
   * need not be that of the times that they show.
   *
   * @throws InputException if it is not, or if there is no such column
   */
  void check(DataSource source, String query) {
    String type;
    try (Connection connection = source.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select %s from (%s) as autopulse_all".formatted(column, query))) {
      ResultSetMetaData columns = statement.getMetaData();
      type = columns.getColumnTypeName(1);
    } catch (SQLException e) {
      if (!String.valueOf(e.getSQLState()).startsWith("42")) {
        throw new IllegalStateException(
            "asking for the type of " + column + ": " + JdbcProblem.said(e), e);
      }
      throw new InputException(
          place,
          "the database does not give \"" + column + "\": " + JdbcProblem.said(e),
          "Name a column of the table, or one that the query selects",
          e);
    }
    if (!TYPES.contains(type)) {
      throw new InputException(
          place,
          "\"" + column + "\" is of type " + type,
          "Name a column of type timestamptz, timestamp or date, or cast it in the query");
    }
  }
}
