package io.autopulse.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The contents of a warehouse's published tables, apart from what tells one run from another: the
 * run ids and the time of computation. Two are equal if every table holds the same rows.
 *
 * @param contents by table: the number of rows, and the sum of their hashes
 */
public record PublishedTables(Map<String, String> contents) {
  /** The tables that a refresh publishes, and which column says that a row is a run's own. */
  private static final Map<String, String> TABLES =
      Map.of(
          "sales", "run_id",
          "sale_versions", "run_id",
          "vehicles", "run_id",
          "vehicles_history", "run_id, known_at",
          "dealers", "run_id",
          "sales_targets", "run_id",
          "sales_kpi", "run_id, computed_at");

  /** Copies the contents. */
  public PublishedTables {
    contents = Map.copyOf(contents);
  }

  /** Reads the tables of a database file that no process writes. */
  public static PublishedTables of(Path database) {
    return of(database, "true");
  }

  /**
   * Reads the tables, and of {@code sales_kpi} some rows only.
   *
   * @param kpis a condition on the KPI rows
   */
  public static PublishedTables of(Path database, String kpis) {
    Map<String, String> contents = new TreeMap<>();
    try (Connection connection = open(database)) {
      for (String table : TABLES.keySet()) {
        contents.put(
            table,
            rows(
                    connection,
                    "select count(*) || ' rows ' || coalesce(sum(hash(t)), 0) from (%s) as t"
                        .formatted(select(table, table.equals("sales_kpi") ? kpis : "true")))
                .get(0));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("read " + database, e);
    }
    return new PublishedTables(contents);
  }

  /** Writes each table, in order, to a CSV file of its name. */
  public static void export(Path database, Path folder) {
    try (Connection connection = open(database);
        Statement statement = connection.createStatement()) {
      statement.execute("set preserve_insertion_order = true");
      for (String table : TABLES.keySet()) {
        statement.execute(
            "copy (%s order by all) to '%s' (header)"
                .formatted(select(table, "true"), folder.resolve(table + ".csv")));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("export " + database, e);
    }
  }

  /** Returns the names of the tables. */
  public static List<String> names() {
    return TABLES.keySet().stream().sorted().toList();
  }

  /** Returns a query's rows, their values joined by {@code |}; the schema need not be named. */
  public static List<String> query(Path database, String sql) {
    try (Connection connection = open(database)) {
      return rows(connection, sql);
    } catch (SQLException e) {
      throw new IllegalStateException("query " + database, e);
    }
  }

  /** Opens a database file to read it, with the core tables' schema in the search path. */
  public static Connection open(Path database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("access_mode", "read_only");
    Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database, properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set search_path = 'AUTOPULSE_CORE'");
    }
    return connection;
  }

  /** Returns a query's rows, their values joined by {@code |}. */
  public static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(result.getString(i));
        }
        rows.add(String.join("|", row));
      }
      return rows;
    }
  }

  private static String select(String table, String condition) {
    return "select * exclude (%s) from %s where %s".formatted(TABLES.get(table), table, condition);
  }
}
