package io.autopulse.cli.text;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a query. */
public final class QueryResult implements Rows {
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
    ResultSetMetaData columns = rows.getMetaData();
    List<String> titles = new ArrayList<>();
    int[] types = new int[columns.getColumnCount()];
    for (int i = 0; i < types.length; i++) {
      titles.add(unique(columns.getColumnLabel(i + 1), titles));
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

  @Override
  public List<String> titles() {
    return titles;
  }

  @Override
  public boolean isNumber(int column) {
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

  @Override
  public boolean next() throws SQLException {
    return rows.next();
  }

  @Override
  public @Nullable Object value(int column) throws SQLException {
    Object value =
        types[column] == Types.TIMESTAMP
            ? rows.getObject(column + 1, LocalDateTime.class)
            : rows.getObject(column + 1);
    if (value == null || rows.wasNull()) {
      return null;
    }
    Object known = PlainValue.known(value);
    return known == null ? String.valueOf(rows.getString(column + 1)) : known;
  }
}
