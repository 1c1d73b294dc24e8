package io.autopulse.warehouse.serving;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBAppender;

/**
 * A column whose values are fetched from another warehouse.
 *
 * @param name of the column, in both
 * @param type of its values here
 * @param scale the digits after the point of a decimal
 */
record FetchedColumn(String name, Type type, int scale) {
  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\(\\d+,(\\d+)\\)");

  /** What values are. */
  enum Type {
    BIGINT,
    INTEGER,
    DECIMAL,
    DOUBLE,
    TRUTH,
    DATE,
    TIME,
    TEXT
  }

  /** Makes a column of the type that DuckDB describes. */
  static FetchedColumn of(String name, String type) {
    Matcher decimal = DECIMAL.matcher(type);
    if (decimal.matches()) {
      return new FetchedColumn(name, Type.DECIMAL, Integer.parseInt(decimal.group(1)));
    }
    return new FetchedColumn(
        name,
        switch (type) {
          case "BIGINT" -> Type.BIGINT;
          case "INTEGER" -> Type.INTEGER;
          case "DOUBLE" -> Type.DOUBLE;
          case "BOOLEAN" -> Type.TRUTH;
          case "DATE" -> Type.DATE;
          case "TIMESTAMP" -> Type.TIME;
          case "VARCHAR" -> Type.TEXT;
          default -> throw new IllegalArgumentException(name + " is of type " + type);
        },
        0);
  }

  /** Appends the value of a row. */
  void append(ResultSet row, int column, DuckDBAppender appender) throws SQLException {
    switch (type) {
      case BIGINT -> {
        long value = row.getLong(column);
        appender.append(row.wasNull() ? null : Long.valueOf(value));
      }
      case INTEGER -> {
        int value = row.getInt(column);
        appender.append(row.wasNull() ? null : Integer.valueOf(value));
      }
      case DECIMAL -> {
        BigDecimal value = row.getBigDecimal(column);
        appender.append(value == null ? null : value.setScale(scale, RoundingMode.HALF_UP));
      }
      case DOUBLE -> {
        double value = row.getDouble(column);
        appender.append(row.wasNull() ? null : Double.valueOf(value));
      }
      case TRUTH -> {
        boolean value = row.getBoolean(column);
        appender.append(row.wasNull() ? null : Boolean.valueOf(value));
      }
      case DATE -> appender.append(row.getObject(column, LocalDate.class));
      case TIME -> appender.append(row.getObject(column, LocalDateTime.class));
      case TEXT -> appender.append(row.getString(column));
    }
  }
}
