package io.autopulse.cli.text;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query, one at a time, as numbers, booleans and texts that mean the same on every
 * machine.
 */
public final class QueryResult {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter();
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd ").append(TIME).toFormatter();
  private static final DateTimeFormatter TIMESTAMP_WITH_OFFSET =
      new DateTimeFormatterBuilder().append(TIMESTAMP).appendPattern("xxx").toFormatter();

  private final ResultSet rows;
  private final List<String> titles;
  private final int[] types;

  private QueryResult(ResultSet rows, List<String> titles, int[] types) {
    this.rows = rows;
    this.titles = titles;
    this.types = types;
  }

  /** Reads all rows of a result. */
  public static QueryResult of(ResultSet rows) throws SQLException {
    return of(rows, UnaryOperator.identity());
  }

  /** Names the columns in lower case, in which we write them and Snowflake does not keep them. */
  public static QueryResult inLowerCase(ResultSet rows) throws SQLException {
    return of(rows, title -> title.toLowerCase(Locale.ROOT));
  }

  private static QueryResult of(ResultSet rows, UnaryOperator<String> naming) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    List<String> titles = new ArrayList<>();
    int[] types = new int[columns.getColumnCount()];
    for (int i = 0; i < types.length; i++) {
      titles.add(unique(naming.apply(columns.getColumnLabel(i + 1)), titles));
      types[i] = columns.getColumnType(i + 1);
    }
    return new QueryResult(rows, titles, types);
  }

  // A JSON object has each name once.
  private static String unique(String label, List<String> taken) {
    String title = label;
    for (int i = 2; taken.contains(title); i++) {
      title = label + "_" + i;
    }
    return title;
  }

  /** Returns the names of the columns, each once. */
  List<String> titles() {
    return titles;
  }

  /** Tells whether the column, from 0, holds numbers. */
  boolean isNumber(int column) {
    return switch (types[column]) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.DECIMAL,
          Types.NUMERIC,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE ->
          true;
      default -> false;
    };
  }

  /** Goes to the next row; false after the last. */
  boolean next() throws SQLException {
    return rows.next();
  }

  /** Returns a value of the row: a Number, a Boolean, a String or null. */
  @Nullable Object value(int column) throws SQLException {
    Object value =
        types[column] == Types.TIMESTAMP
            ? rows.getObject(column + 1, LocalDateTime.class)
            : rows.getObject(column + 1);
    if (value == null || rows.wasNull()) {
      return null;
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value;
    }
    if (value instanceof LocalDateTime timestamp) {
      return TIMESTAMP.format(timestamp);
    }
    if (value instanceof OffsetDateTime timestamp) {
      return TIMESTAMP_WITH_OFFSET.format(timestamp);
    }
    if (value instanceof LocalTime time) {
      return TIME.format(time);
    }
    if (value instanceof LocalDate date) {
      return DateTimeFormatter.ISO_LOCAL_DATE.format(date);
    }
    return String.valueOf(rows.getString(column + 1));
  }

  /** Returns a value of the row as text; null is empty. */
  String text(int column) throws SQLException {
    Object value = value(column);
    if (value == null) {
      return "";
    }
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }
}
