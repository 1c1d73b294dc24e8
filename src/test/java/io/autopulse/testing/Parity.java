package io.autopulse.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * Compares what a live job loads into {@code live.duckdb} with what the refresh of the same records
 * published into {@code batch.duckdb}: every column but the clocks and runs.
 */
public final class Parity {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

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

  /** The KPIs and the versions of sales are equal. */
  public static final String TABLES =
      same(KPIS, "sales_kpi", "sales_kpi_current")
          + " and "
          + same(VERSIONS, "sale_versions", "sale_versions");

  /** The rejected records are equal. */
  public static final String REJECTED_RECORDS =
      same(REJECTED, "rejected_records", "rejected_records");

  private final Path folder;

  /** Compares the databases of a folder. */
  public Parity(Path folder) {
    this.folder = folder;
  }

  private static String same(String rows, String batch, String live) {
    String a = rows.formatted("batch", batch);
    String b = rows.formatted("live", live);
    return "not exists (%s except %s) and not exists (%s except %s)".formatted(a, b, b, a);
  }

  /** Waits for a condition in SQL; tells whether it came true in time. */
  public boolean await(String condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        if (count("select cast(%s as integer)".formatted(condition)) == 1) {
          return true;
        }
      } catch (SQLException e) {
        // The loader holds the file, or has not made it yet: another attempt.
      }
      Thread.sleep(300);
    }
    return false;
  }

  /** Returns the number that a query over {@code batch} and {@code live} gives. */
  public long count(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (String name : List.of("batch", "live")) {
        statement.execute(
            "attach '%s' as %s (read_only)".formatted(folder.resolve(name + ".duckdb"), name));
      }
      try (ResultSet result = statement.executeQuery(sql)) {
        result.next();
        return result.getLong(1);
      }
    }
  }
}
