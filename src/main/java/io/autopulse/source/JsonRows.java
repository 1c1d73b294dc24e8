package io.autopulse.source;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a database as JSON objects. Every value is one that the parsers of feeds expect, whatever
 * the driver: numbers with decimals are JSON's, all else is text; a null is JSON's null. What is no
 * number or moment (NaN, infinity) is the text by which the database names it.
 */
public final class JsonRows {
  private static final String INFINITE = "infinity";

  /** A number of JSON. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

  private JsonRows() {}

  /**
   * Writes the row that a result set stands on as an object.
   *
   * @param names gives the key of a column's label
   */
  public static void write(ResultSet row, JsonGenerator json, UnaryOperator<String> names)
      throws SQLException, IOException {
    ResultSetMetaData columns = row.getMetaData();
    json.writeStartObject();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      json.writeFieldName(names.apply(columns.getColumnLabel(i)));
      write(text(row, columns, i), columns.getColumnType(i), json);
    }
    json.writeEndObject();
  }

  private static void write(@Nullable String text, int type, JsonGenerator json)
      throws IOException {
    boolean fraction =
        switch (type) {
          case Types.NUMERIC, Types.DECIMAL, Types.DOUBLE, Types.FLOAT, Types.REAL -> true;
          default -> false;
        };
    // A text would follow the feed's marks; NaN, infinity and money with its sign are no number.
    if (fraction && text != null && NUMBER.matcher(text).matches()) {
      json.writeNumber(text);
    } else {
      // A null is one here.
      json.writeString(text);
    }
  }

  private static @Nullable String text(ResultSet row, ResultSetMetaData columns, int i)
      throws SQLException {
    int type = columns.getColumnType(i);
    if (type == Types.TIMESTAMP_WITH_TIMEZONE
        || columns.getColumnTypeName(i).equals("timestamptz")) {
      OffsetDateTime moment = row.getObject(i, OffsetDateTime.class);
      if (moment == null) {
        return null;
      }
      // What is infinite in the database is the greatest or least moment in Java.
      return moment.equals(OffsetDateTime.MAX)
          ? INFINITE
          : moment.equals(OffsetDateTime.MIN)
              ? "-" + INFINITE
              : moment.withOffsetSameInstant(ZoneOffset.UTC).toString();
    }
    switch (type) {
      case Types.TIMESTAMP -> {
        // Not by java.sql.Timestamp, which moves times that this machine's clocks skip in spring.
        LocalDateTime moment = row.getObject(i, LocalDateTime.class);
        if (moment == null) {
          return null;
        }
        return moment.equals(LocalDateTime.MAX)
            ? INFINITE
            : moment.equals(LocalDateTime.MIN) ? "-" + INFINITE : moment.toString();
      }
      case Types.NUMERIC, Types.DECIMAL -> {
        // Not as a BigDecimal, which NaN is none of.
        String number = row.getString(i);
        return number != null && number.indexOf('E') >= 0
            ? new BigDecimal(number).toPlainString()
            : number;
      }
      case Types.BOOLEAN -> {
        boolean flag = row.getBoolean(i);
        return row.wasNull() ? null : String.valueOf(flag);
      }
      default -> {
        return row.getString(i);
      }
    }
  }
}
