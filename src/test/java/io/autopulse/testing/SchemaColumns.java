package io.autopulse.testing;

import io.autopulse.warehouse.Warehouse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The columns of the core tables as a warehouse's information schema has them. */
public final class SchemaColumns {
  private SchemaColumns() {}

  /**
   * Returns the columns of each table in their order, each as its name, its type as the migrations
   * write it, and whether it may be null.
   */
  public static Map<String, List<String>> of(Connection connection) throws SQLException {
    Map<String, List<String>> tables = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select
                    columns.table_name, columns.column_name, columns.data_type,
                    columns.numeric_precision, columns.numeric_scale, columns.is_nullable
                from information_schema.columns as columns
                inner join information_schema.tables as tables
                    on
                        columns.table_catalog = tables.table_catalog
                        and columns.table_schema = tables.table_schema
                        and columns.table_name = tables.table_name
                where
                    columns.table_schema = '%s'
                    and tables.table_type = 'BASE TABLE'
                    and lower(columns.table_name) <> 'flyway_schema_history'
                order by columns.table_name, columns.ordinal_position
                """
                    .formatted(Warehouse.SCHEMA))) {
      while (rows.next()) {
        tables
            .computeIfAbsent(rows.getString(1).toLowerCase(Locale.ROOT), table -> new ArrayList<>())
            .add(
                "%s %s%s"
                    .formatted(
                        rows.getString(2).toLowerCase(Locale.ROOT),
                        type(rows.getString(3), rows.getInt(4), rows.getInt(5)),
                        rows.getString(6).equals("NO") ? " not null" : ""));
      }
    }
    return tables;
  }

  /** Returns the name that both DuckDB's and Snowflake's names of a type are written as. */
  private static String type(String type, int precision, int scale) {
    if (type.equals("NUMBER") && precision == 38 && scale == 0) {
      return "bigint";
    }
    if (type.equals("NUMBER") || type.startsWith("DECIMAL")) {
      return "decimal(%d, %d)".formatted(precision, scale);
    }
    return switch (type) {
      case "TEXT" -> "varchar";
      case "TIMESTAMP_NTZ" -> "timestamp";
      default -> type.toLowerCase(Locale.ROOT);
    };
  }
}
