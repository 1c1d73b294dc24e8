package io.autopulse.testing;

import io.autopulse.domain.market.MarketTable;
import io.autopulse.warehouse.table.CoreTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compares what a live job loads into {@code live.duckdb} with what the refresh of the same records
 * published into {@code batch.duckdb}: every column but the clocks and runs.
 */
public final class Parity {
  /** No sign of anything but a condition that never comes true: a busy machine takes its time. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration POLL = Duration.ofMillis(300);
  private static final Duration TURN = Duration.ofSeconds(20);

  private static final String KPIS =
      """
      select
          grain, window_start, window_end, dimension, member, units_sold, units_cancelled, units_returned, revenue,
          average_price, median_price, p10_price, p90_price, average_discount, sales_mix, revision
      from %s.autopulse_core.%s
      """;

  private static final String VERSIONS =
      """
      select
          sale_id, updated_at, sequence, status, sold_at, sold_on, model_id, make, model, segment, powertrain,
          dealer_id, region, list_price, net_price, currency, channel, source
      from %s.autopulse_core.%s
      """;

  private static final String REJECTED =
      "select feed, origin, code, step, field, message, raw, format, header from %s.autopulse_core.%s";

  private static final String FROM = " from %s.autopulse_core.%s";

  /**
   * Conditions in SQL that hold together. They are asked in turn, up to the first that does not
   * hold: while rows are on their way, their number tells without a comparison of the tables, which
   * would take the job's cores away.
   *
   * @param parts the cheap ones first
   */
  public record Condition(List<String> parts) {
    /** Returns a condition that holds if this and another do. */
    public Condition and(Condition other) {
      return new Condition(Stream.concat(parts.stream(), other.parts.stream()).toList());
    }
  }

  /** The versions of sales are equal. */
  public static final Condition SALE_VERSIONS = same(VERSIONS, "sale_versions", "sale_versions");

  /** The versions of sales and the KPIs are equal. */
  public static final Condition TABLES =
      SALE_VERSIONS.and(same(KPIS, "sales_kpi", "sales_kpi_current"));

  /** The rejected records are equal. */
  public static final Condition REJECTED_RECORDS =
      same(REJECTED, "rejected_records", "rejected_records");

  /** The market figures, and all their vintages, are equal. */
  public static final Condition MARKET =
      Arrays.stream(MarketTable.values())
          .map(
              table -> {
                String figures = String.join(", ", table.key()) + ", " + measures(table);
                return same("select " + figures + FROM, table.toString(), table + "_current")
                    .and(
                        same(
                            "select known_on, " + figures + FROM,
                            table + "_history",
                            table + "_history_all"));
              })
          .reduce(new Condition(List.of()), Condition::and);

  /** The trend features are equal. */
  public static final Condition TRENDS =
      same(
          "select " + CoreTable.TREND_FEATURES.columnsBut("run_id") + FROM,
          "trend_features",
          "trend_features_current");

  /** The sliding windows are equal. */
  public static final Condition SLIDING =
      same("select *" + FROM, "sales_kpi_sliding", "sales_kpi_sliding");

  private static String measures(MarketTable table) {
    return String.join(", ", table.measures());
  }

  private final Path folder;

  /** Compares the databases of a folder. */
  public Parity(Path folder) {
    this.folder = folder;
  }

  private static Condition same(String rows, String batch, String live) {
    String a = rows.formatted("batch", batch);
    String b = rows.formatted("live", live);
    return new Condition(
        List.of(
            "(select count(*) from (%s)) = (select count(*) from (%s))".formatted(a, b),
            "not exists (%s except %s)".formatted(a, b),
            "not exists (%s except %s)".formatted(b, a)));
  }

  /** Waits some minutes for a condition in SQL; tells whether it came true in time. */
  public boolean await(String condition) {
    return await(new Condition(List.of(condition)));
  }

  /** Waits some minutes for conditions; tells whether they came true in time. */
  public boolean await(Condition condition) {
    return await(condition, PATIENCE);
  }

  /** Waits for conditions; tells whether they came true in time. */
  public boolean await(Condition condition, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        if (holds(condition)) {
          return true;
        }
      } catch (SQLException e) {
        // The loader holds the file, or has not made it yet: another attempt.
      }
      AutopulseJar.pause(POLL.toMillis());
    }
    return false;
  }

  /** Tells whether a condition in SQL is true. */
  public boolean holds(String condition) throws SQLException {
    return holds(new Condition(List.of(condition)));
  }

  /** Tells whether conditions are true, of the same state of the tables. */
  public boolean holds(Condition condition) throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      for (String part : condition.parts()) {
        try (ResultSet result = statement.executeQuery("select " + part)) {
          result.next();
          if (!result.getBoolean(1)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** Returns what differs: how many rows are missing and how many are too many, and examples. */
  public String difference() throws SQLException {
    StringBuilder text = new StringBuilder();
    for (String[] pair :
        new String[][] {
          {VERSIONS, "sale_versions", "sale_versions"}, {KPIS, "sales_kpi", "sales_kpi_current"}
        }) {
      String batch = pair[0].formatted("batch", pair[1]);
      String live = pair[0].formatted("live", pair[2]);
      text.append(rows("missing from live " + pair[2], batch + " except " + live));
      text.append(rows("too many in live " + pair[2], live + " except " + batch));
    }
    return text.toString();
  }

  private String rows(String title, String query) throws SQLException {
    StringBuilder text = new StringBuilder(title);
    text.append(": ").append(count("select count(*) from (" + query + ")")).append('\n');
    try (Connection connection = open();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select d::varchar from (" + query + ") d order by 1 limit 8")) {
      while (rows.next()) {
        text.append("  ").append(rows.getString(1)).append('\n');
      }
    }
    return text.toString();
  }

  /** Returns the number that a query over {@code batch} and {@code live} gives. */
  public long count(String sql) throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  // The loader has the file open for a part of every second.
  private Connection open() throws SQLException {
    long deadline = System.nanoTime() + TURN.toNanos();
    while (true) {
      try {
        return attach();
      } catch (SQLException e) {
        if (System.nanoTime() > deadline || !String.valueOf(e.getMessage()).contains("lock")) {
          throw e;
        }
        AutopulseJar.pause(20);
      }
    }
  }

  private Connection attach() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      for (String name : List.of("batch", "live")) {
        Path database = folder.resolve(name + ".duckdb");
        if (Files.exists(database)) {
          statement.execute("attach '%s' as %s (read_only)".formatted(database, name));
        }
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
