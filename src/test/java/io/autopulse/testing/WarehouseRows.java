package io.autopulse.testing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Rows of a warehouse as texts that do not depend on its driver, in order: two warehouses hold the
 * same rows if these are equal. A null is no text, a number has the digits of its column.
 */
public final class WarehouseRows {
  /** The columns that tell one run from another. */
  private static final Map<String, String> OF_RUNS =
      Map.ofEntries(
          Map.entry("sales", "run_id"),
          Map.entry("sale_versions", "run_id"),
          Map.entry("vehicles", "run_id"),
          Map.entry("vehicles_history", "run_id, known_at"),
          Map.entry("dealers", "run_id"),
          Map.entry("sales_targets", "run_id"),
          Map.entry("sales_kpi", "run_id, computed_at"),
          Map.entry("market_registrations", "run_id"),
          Map.entry("market_registrations_history", "run_id"),
          Map.entry("fuel_prices", "run_id"),
          Map.entry("fuel_prices_history", "run_id"),
          Map.entry("market_attention", "run_id"),
          Map.entry("market_attention_history", "run_id"),
          Map.entry("rejected_records", "run_id"),
          Map.entry("load_run_feeds", "run_id"),
          Map.entry("load_run_audits", "run_id"));

  /** The core tables that the jobs that end write. */
  public static final List<String> TABLES =
      Stream.concat(OF_RUNS.keySet().stream(), Stream.of("load_runs")).toList();

  private WarehouseRows() {}

  /** Returns the core tables that jobs publish, without what tells one run from another. */
  public static Map<String, List<String>> published(Connection connection) throws SQLException {
    Map<String, List<String>> tables = new TreeMap<>();
    for (Map.Entry<String, String> table : OF_RUNS.entrySet()) {
      tables.put(
          table.getKey(),
          of(
              connection,
              "select * exclude (%s) from AUTOPULSE_CORE.%s"
                  .formatted(table.getValue(), table.getKey())));
    }
    return tables;
  }

  /** Returns all columns of the core tables that the jobs that end write. */
  public static Map<String, List<String>> whole(Connection connection) throws SQLException {
    Map<String, List<String>> tables = new TreeMap<>();
    for (String table : TABLES) {
      tables.put(table, of(connection, "select * from AUTOPULSE_CORE." + table));
    }
    return tables;
  }

  /** Asserts that a warehouse holds the published tables of a DuckDB file, row for row. */
  public static void assertSame(Connection found, Path duckDb) throws SQLException {
    try (Connection embedded = PublishedTables.open(duckDb)) {
      Map<String, List<String>> expected = published(embedded);
      Map<String, List<String>> tables = published(found);
      for (String table : expected.keySet()) {
        assertThat(table, difference(tables.get(table), expected.get(table)), is(empty()));
        assertThat(table, tables.get(table).size(), is(expected.get(table).size()));
      }
      assertThat(expected.get("sales"), is(not(empty())));
      assertThat(expected.get("load_run_feeds"), hasItem(containsString("feed=5:sales")));
    }
  }

  /** Returns some rows that are in one list only. */
  public static List<String> difference(List<String> found, List<String> expected) {
    List<String> missing = new ArrayList<>(expected);
    missing.removeAll(new HashSet<>(found));
    List<String> extra = new ArrayList<>(found);
    extra.removeAll(new HashSet<>(expected));
    List<String> difference = new ArrayList<>();
    missing.stream().limit(5).forEach(row -> difference.add("missing " + row));
    extra.stream().limit(5).forEach(row -> difference.add("extra " + row));
    return difference;
  }

  /** Returns the rows of a query, sorted. */
  public static List<String> of(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      ResultSetMetaData columns = result.getMetaData();
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          String value = text(result, i, columns.getColumnType(i));
          values.add(
              columns.getColumnName(i).toLowerCase(Locale.ROOT)
                  + (value == null ? " is null" : "=" + value.length() + ":" + value));
        }
        rows.add(String.join("|", values));
      }
      rows.sort(null);
      return rows;
    }
  }

  private static String text(ResultSet row, int column, int type) throws SQLException {
    switch (type) {
      case Types.TIMESTAMP -> {
        Timestamp time =
            row.getTimestamp(
                column, Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT));
        return time == null ? null : time.toInstant().toString();
      }
      case Types.BIGINT, Types.INTEGER, Types.DECIMAL, Types.NUMERIC -> {
        BigDecimal number = row.getBigDecimal(column);
        return number == null ? null : number.toPlainString();
      }
      case Types.BOOLEAN, Types.BIT -> {
        boolean value = row.getBoolean(column);
        return row.wasNull() ? null : String.valueOf(value);
      }
      default -> {
        return row.getString(column);
      }
    }
  }
}
