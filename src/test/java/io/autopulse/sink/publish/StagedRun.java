package io.autopulse.sink.publish;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.sink.publish.sales.SalesPublication;
import io.autopulse.sink.staging.StagingNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The staging of a small May 2024, written out by hand: s1 (sold, once corrected), s2 (sold), s3
 * (cancelled), and s4, whose day the run does not cover.
 */
public final class StagedRun {
  public static final BusinessInterval MAY =
      new BusinessInterval(LocalDate.of(2024, 5, 1), LocalDate.of(2024, 6, 1));
  static final Instant NOW = Instant.parse("2024-06-02T03:04:05.678Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final Connection connection;
  private final StagingNames names;
  private boolean hasTargets;

  private StagedRun(Connection connection, String runId) {
    this.connection = connection;
    this.names = new StagingNames(runId);
  }

  /** Returns a run that is staged already. */
  static StagedRun of(Connection connection, String runId) {
    return new StagedRun(connection, runId);
  }

  /** Makes empty staging tables of a run. */
  public static StagedRun empty(Connection connection, String runId) throws SQLException {
    StagedRun run = new StagedRun(connection, runId);
    run.like(run.names.saleVersions(), "select * exclude (run_id), '' as fate from sale_versions");
    run.like(run.names.salesKpi(), "select * exclude (run_id, computed_at) from sales_kpi");
    run.like(run.names.vehicles(), "select * exclude (run_id) from vehicles");
    run.like(run.names.dealers(), "select * exclude (run_id) from dealers");
    run.like(run.names.rejectedRecords(), "select * exclude (run_id) from rejected_records");
    run.like(
        run.names.loadRunFeeds(),
        "select * exclude (run_id, rows_published), cast(null as varchar) as conflicting_first, cast(null as varchar) as conflicting_last from load_run_feeds");
    return run;
  }

  /** Stages May 2024. */
  public static StagedRun may(Connection connection, String runId) throws SQLException {
    StagedRun run = empty(connection, runId);
    run.version(
        "s1",
        "2024-05-02 09:00:00",
        "SOLD",
        "2024-05-01",
        "RENAULT",
        "NORTH",
        "19000",
        "SUPERSEDED");
    run.version(
        "s1", "2024-05-02 10:00:00", "SOLD", "2024-05-02", "RENAULT", "NORTH", "20000", "CURRENT");
    run.version(
        "s2", "2024-05-03 10:00:00", "SOLD", "2024-05-03", "RENAULT", "SOUTH", "30000", "CURRENT");
    run.version(
        "s3",
        "2024-05-04 10:00:00",
        "CANCELLED",
        "2024-05-03",
        "PEUGEOT",
        "NORTH",
        "25000",
        "CURRENT");
    run.version(
        "s4",
        "2024-05-05 10:00:00",
        "SOLD",
        "2024-04-02",
        "PEUGEOT",
        "SOUTH",
        "15000",
        "OUT_OF_RANGE");
    run.kpi("day", "2024-05-02", "2024-05-03", "total", "ALL", 1, 0, 0, "20000");
    run.kpi("day", "2024-05-02", "2024-05-03", "make", "RENAULT", 1, 0, 0, "20000");
    run.kpi("day", "2024-05-02", "2024-05-03", "region", "NORTH", 1, 0, 0, "20000");
    run.kpi(
        "day", "2024-05-02", "2024-05-03", "region x make", "NORTH x RENAULT", 1, 0, 0, "20000");
    run.kpi("day", "2024-05-03", "2024-05-04", "total", "ALL", 1, 1, 0, "30000");
    run.kpi("day", "2024-05-03", "2024-05-04", "make", "RENAULT", 1, 0, 0, "30000");
    run.kpi("day", "2024-05-03", "2024-05-04", "make", "PEUGEOT", 0, 1, 0, "0");
    run.kpi("day", "2024-05-03", "2024-05-04", "region", "SOUTH", 1, 0, 0, "30000");
    run.kpi("day", "2024-05-03", "2024-05-04", "region", "NORTH", 0, 1, 0, "0");
    run.kpi(
        "day", "2024-05-03", "2024-05-04", "region x make", "SOUTH x RENAULT", 1, 0, 0, "30000");
    run.kpi("day", "2024-05-03", "2024-05-04", "region x make", "NORTH x PEUGEOT", 0, 1, 0, "0");
    for (String[] window :
        new String[][] {
          {"week", "2024-04-29", "2024-05-06"}, {"month", "2024-05-01", "2024-06-01"}
        }) {
      run.kpi(window[0], window[1], window[2], "total", "ALL", 2, 1, 0, "50000");
      run.kpi(window[0], window[1], window[2], "make", "RENAULT", 2, 0, 0, "50000");
      run.kpi(window[0], window[1], window[2], "make", "PEUGEOT", 0, 1, 0, "0");
      run.kpi(window[0], window[1], window[2], "region", "NORTH", 1, 1, 0, "20000");
      run.kpi(window[0], window[1], window[2], "region", "SOUTH", 1, 0, 0, "30000");
      run.kpi(
          window[0], window[1], window[2], "region x make", "NORTH x RENAULT", 1, 0, 0, "20000");
      run.kpi(
          window[0], window[1], window[2], "region x make", "SOUTH x RENAULT", 1, 0, 0, "30000");
      run.kpi(window[0], window[1], window[2], "region x make", "NORTH x PEUGEOT", 0, 1, 0, "0");
    }
    run.execute(
        "insert into {vehicles} (model_id, make, model, segment, powertrain, list_price) values ('m1', 'RENAULT', 'CLIO', 'B', 'ICE', 21000), ('m2', 'PEUGEOT', '208', 'B', 'BEV', null)");
    run.execute("insert into {dealers} values ('d1', 'Nord Autos', 'NORTH')");
    run.execute(
        "insert into {rejected_records} values ('sales', 'may.csv:7', 'BAD_DATE', 'parse', 'sold_at', 'sold_at is not a date', 's9;31/02/2024', 'csv', null)");
    run.feed("sales", 7, 5, 1, 1, 1, 1);
    run.feed("vehicles", 2, 2, 0, 0, 0, 0);
    run.feed("dealers", 2, 2, 0, 0, 1, 0);
    return run;
  }

  public void version(
      String saleId,
      String updatedAt,
      String status,
      String soldOn,
      String make,
      String region,
      String price,
      String fate)
      throws SQLException {
    execute(
        """
        insert into {sale_versions}
        values ('%s', timestamp '%s', 0, '%s', timestamp '%s 08:00:00', date '%s', null, '%s', 'MODEL', 'B', 'ICE',
            'd1', '%s', null, %s, 'EUR', null, null, '%s')
        """
            .formatted(saleId, updatedAt, status, soldOn, soldOn, make, region, price, fate));
  }

  public void kpi(
      String grain,
      String start,
      String end,
      String dimension,
      String member,
      int sold,
      int cancelled,
      int returned,
      String revenue)
      throws SQLException {
    execute(
        """
        insert into {sales_kpi}
        values ('%s', timestamp '%s 00:00:00', timestamp '%s 00:00:00', '%s', '%s', %d, %d, %d, %s,
            null, null, null, null, null, 1, null, 3, true)
        """
            .formatted(grain, start, end, dimension, member, sold, cancelled, returned, revenue));
  }

  public void feed(
      String feed,
      int read,
      int accepted,
      int rejected,
      int duplicate,
      int superseded,
      int outOfRange)
      throws SQLException {
    execute(
        "insert into {load_run_feeds} values ('%s', %d, %d, %d, %d, %d, %d, 0, 0, null, null)"
            .formatted(feed, read, accepted, rejected, duplicate, superseded, outOfRange));
  }

  /** Stages targets too: none until one is added. */
  public StagedRun withTargets() throws SQLException {
    hasTargets = true;
    like(names.relation("sales_targets"), "select * exclude (run_id) from sales_targets");
    return this;
  }

  /** Stages a target without revenue. */
  public StagedRun target(String month, String dealer, String make, String model, long units)
      throws SQLException {
    return execute(
        "insert into {sales_targets} values (%s, '%s', '%s', '%s', %d, null, 'EUR', null)"
            .formatted(
                month == null ? "null" : "date '" + month + "'", dealer, make, model, units));
  }

  /** Changes the staging; {@code {table}} is the run's relation of that name. */
  public StagedRun execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql.replaceAll("\\{([a-z_]+)}", "STG_$1__" + names.runId()));
    }
    return this;
  }

  // In Snowflake the tables outlive the session that makes them, as those of a real run do.
  private void like(String relation, String query) throws SQLException {
    boolean temporary = connection.getMetaData().getDatabaseProductName().equals("DuckDB");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create or replace %s table %s as %s limit 0"
              .formatted(temporary ? "temporary" : "", relation, query));
    }
  }

  public SalesPublication request() {
    return request(MAY, MAY.alignedOutward(), AuditLimits.rejectedAtMost("0.2"));
  }

  public SalesPublication request(AuditLimits limits) {
    return request(MAY, MAY.alignedOutward(), limits);
  }

  public SalesPublication request(
      BusinessInterval requested, BusinessInterval covered, AuditLimits limits) {
    return request(requested, covered, EnumSet.range(Grain.DAY, Grain.MONTH), limits);
  }

  /** Returns the request of a run that has read rejected records again. */
  SalesPublication replay(AuditLimits limits) {
    return request(MAY, MAY.alignedOutward(), EnumSet.range(Grain.DAY, Grain.MONTH), limits, true);
  }

  public SalesPublication request(
      BusinessInterval requested, BusinessInterval covered, Set<Grain> grains, AuditLimits limits) {
    return request(requested, covered, grains, limits, false);
  }

  private SalesPublication request(
      BusinessInterval requested,
      BusinessInterval covered,
      Set<Grain> grains,
      AuditLimits limits,
      boolean replays) {
    return new SalesPublication(
        names.runId(),
        "daily-refresh",
        requested,
        covered,
        grains,
        Set.of(Feed.VEHICLES, Feed.DEALERS),
        Set.of(),
        limits,
        Instant.parse("2024-06-02T03:04:00Z"),
        "direct",
        "0.1.0",
        "may.staging",
        hasTargets
            ? Map.of(Feed.SALES, "csv may.csv", Feed.TARGETS, "csv plan.csv")
            : Map.of(Feed.SALES, "csv may.csv"),
        replays,
        hasTargets);
  }

  public PublishReport publish() {
    return publish(request());
  }

  public PublishReport publish(SalesPublication request) {
    return new Publisher(connection, CLOCK).publish(request);
  }

  /** Returns a query's rows, each as its values with {@code |} between them. */
  public static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          values.add(String.valueOf(rows.getString(i)));
        }
        texts.add(String.join("|", values));
      }
      return texts;
    }
  }
}
