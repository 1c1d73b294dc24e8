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
import org.jspecify.annotations.Nullable;

/**
 * Rows of a database as JSON objects. Every value is the text that the parsers of feeds expect,
 * whatever the driver; a null is JSON's null.
 */
final class JsonRows {
  private JsonRows() {}

  /**
   * Writes the row that a result set stands on as an object.
   *
   * @param names gives the key of a column's label
   */
  static void write(ResultSet row, JsonGenerator json, UnaryOperator<String> names)
      throws SQLException, IOException {
    ResultSetMetaData columns = row.getMetaData();
    json.writeStartObject();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      json.writeFieldName(names.apply(columns.getColumnLabel(i)));
      // A null is one here.
      json.writeString(text(row, columns, i));
    }
    json.writeEndObject();
  }

  private static @Nullable String text(ResultSet row, ResultSetMetaData columns, int i)
      throws SQLException {
    int type = columns.getColumnType(i);
    if (type == Types.TIMESTAMP_WITH_TIMEZONE
        || columns.getColumnTypeName(i).equals("timestamptz")) {
      OffsetDateTime moment = row.getObject(i, OffsetDateTime.class);
      return moment == null ? null : moment.withOffsetSameInstant(ZoneOffset.UTC).toString();
    }
    switch (type) {
      case Types.TIMESTAMP -> {
        // Not by java.sql.Timestamp, which moves times that this machine's clocks skip in spring.
        LocalDateTime moment = row.getObject(i, LocalDateTime.class);
        return moment == null ? null : moment.toString();
      }
      case Types.NUMERIC, Types.DECIMAL -> {
        BigDecimal number = row.getBigDecimal(i);
        return number == null ? null : number.toPlainString();
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
