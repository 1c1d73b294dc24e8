package io.autopulse.sink.live.files;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.sink.live.LiveFolder;
import io.autopulse.sink.live.LiveTable;
import io.autopulse.sink.publish.StagedRun;
import io.autopulse.warehouse.StatementListener;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import io.autopulse.warehouse.runs.RunStart;
import io.autopulse.warehouse.table.CoreTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Files of a live job, as a job would drop them, written by DuckDB. */
public final class DroppedFiles {
  static final Instant NOW = Instant.parse("2024-05-02T10:00:05.250Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final LiveFolder folder;
  private int files;

  /** Makes the folder. */
  public DroppedFiles(LiveFolder folder) {
    this.folder = folder;
    folder.create();
  }

  /** Returns a loader of the files that says nothing. */
  public LiveLoader loader(Path database, String runId) {
    return loader(database, runId, new ArrayList<>(), step -> {});
  }

  LiveLoader loader(Path database, String runId, StatementListener listener) {
    return loader(database, runId, new ArrayList<>(), listener);
  }

  LiveLoader loader(
      Path database, String runId, List<String> progress, StatementListener listener) {
    return new LiveLoader(
        database,
        folder,
        new RunStart(
            runId,
            "live-sales",
            BusinessInterval.ALL,
            Instant.parse("2024-05-02T10:00:00Z"),
            "FlinkRunner",
            "0.1.0"),
        "EUR",
        CLOCK,
        progress::add,
        listener,
        Duration.ofSeconds(60),
        false);
  }

  /** Drops versions, each {@code sale|updated at|fate|price}. */
  public Path versions(String... versions) throws SQLException, IOException {
    List<String> rows = new ArrayList<>();
    for (String version : versions) {
      String[] values = version.split("\\|");
      rows.add(
          """
          select '%s' as sale_id, timestamp '%s' as updated_at, cast(0 as bigint) as sequence, 'SOLD' as status,
              timestamp '2024-05-02 08:00:00' as sold_at, date '2024-05-02' as sold_on,
              cast(null as varchar) as model_id, 'RENAULT' as make, 'CLIO' as model, 'B' as segment,
              'ICE' as powertrain, 'd1' as dealer_id, 'NORTH' as region,
              cast(null as decimal(18, 2)) as list_price, cast(%s as decimal(18, 2)) as net_price,
              cast(null as varchar) as channel, cast(null as varchar) as source, '%s' as fate"""
              .formatted(values[0], values[1], values[3], values[2]));
    }
    return write(LiveTable.VERSIONS, String.join(" union all ", rows));
  }

  /** Drops panes of the day 2024-05-02, each {@code dimension|member|units|revision}. */
  public Path panes(String... panes) throws SQLException, IOException {
    List<String> rows = new ArrayList<>();
    for (String pane : panes) {
      String[] values = pane.split("\\|");
      rows.add(
          """
          select 'day' as grain, timestamp '2024-05-02' as window_start, timestamp '2024-05-03' as window_end,
              '%1$s' as dimension, '%2$s' as member, cast(%3$s as bigint) as units_sold,
              cast(0 as bigint) as units_cancelled, cast(0 as bigint) as units_returned,
              cast(%3$s * 20000 as decimal(18, 2)) as revenue, cast(20000 as decimal(18, 2)) as average_price,
              cast(20000 as decimal(18, 2)) as median_price, cast(20000 as decimal(18, 2)) as p10_price,
              cast(20000 as decimal(18, 2)) as p90_price, cast(null as decimal(9, 6)) as average_discount,
              cast(null as decimal(9, 6)) as sales_mix, cast(null as decimal(9, 6)) as market_share,
              cast(%4$s as bigint) as revision, false as is_final"""
              .formatted(values[0], values[1], values[2], values[3]));
    }
    return write(LiveTable.PANES, String.join(" union all ", rows));
  }

  /** Drops rejected records, each {@code feed|origin} or {@code feed|origin|raw}. */
  public Path rejected(String... records) throws SQLException, IOException {
    List<String> rows = new ArrayList<>();
    for (String record : records) {
      String[] values = record.split("\\|");
      rows.add(
          """
          select '%s' as feed, '%s' as origin, 'BAD_DATE' as code, 'Parse sales' as step, 'sold_at' as field,
              'not a date' as message, '%s' as raw, 'json' as format, cast(null as varchar) as header"""
              .formatted(values[0], values[1], values.length > 2 ? values[2] : "{}"));
    }
    return write(LiveTable.REJECTED, String.join(" union all ", rows));
  }

  /** Drops vintages of the price of diesel, each {@code day|known on|price|revision}. */
  Path prices(String... vintages) throws SQLException, IOException {
    List<String> rows = new ArrayList<>();
    for (String vintage : vintages) {
      String[] values = vintage.split("\\|");
      rows.add(
          """
          select '%1$s' as day, 'ALL' as region, 'DIESEL' as fuel, '%2$s' as known_on,
              cast(timestamp '%2$s 22:00:00' as varchar) as settles_at, '%3$s' as average_price,
              '%3$s' as minimum_price, '%3$s' as maximum_price, '3' as stations, '%4$s' as revision"""
              .formatted(values[0], values[1], values[2], values[3]));
    }
    return write(LiveTable.FUEL_PRICES, String.join(" union all ", rows));
  }

  /** Drops a vintage of Tesla's registrations in May 2024 that says that they are withdrawn. */
  Path withdrawn(String knownOn, int revision) throws SQLException, IOException {
    return write(
        LiveTable.MARKET_REGISTRATIONS,
        """
        select '2024-05-01' as period_start, 'month' as period_grain, 'ALL' as region, 'TESLA' as make,
            'ALL' as model, 'ALL' as powertrain, '%1$s' as known_on,
            cast(timestamp '%1$s 22:00:00' as varchar) as settles_at,
            cast(null as varchar) as registrations, '%2$d' as revision"""
            .formatted(knownOn, revision));
  }

  /** Drops features of makes in the week of 2024-04-22, each {@code member|units|computed at}. */
  Path features(String... features) throws SQLException, IOException {
    List<String> rows = new ArrayList<>();
    for (String feature : features) {
      String[] values = feature.split("\\|");
      String nulls =
          CoreTable.TREND_FEATURES.given().stream()
              .skip(4)
              .map(
                  column ->
                      (column.equals("units_average_4") ? "'2.500000'" : "cast(null as varchar)")
                          + " as "
                          + column)
              .collect(Collectors.joining(", "));
      rows.add(
          "select '2024-04-22' as week_start, 'make' as dimension, '%s' as member, '%s' as units, %s, '2024-05-02 %s.000000' as computed_at"
              .formatted(values[0], values[1], nulls, values[2]));
    }
    return write(LiveTable.TREND_FEATURES, String.join(" union all ", rows));
  }

  /** Drops the rows of a query as a file, younger by a second than the last one. */
  Path write(LiveTable table, String query) throws SQLException, IOException {
    files++;
    Path file = folder.of(table).resolve("f%04d.parquet".formatted(files));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "copy (" + query + ") to '" + file.toString().replace("'", "''") + "' (format parquet)");
    }
    Files.setLastModifiedTime(file, FileTime.from(NOW.plusSeconds(files)));
    return file;
  }

  /** Returns a query's rows. */
  public static List<String> rows(Path database, String sql) throws SQLException {
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(database, DuckDbSettings.QUERY);
        Connection connection = warehouse.connect()) {
      return StagedRun.rows(connection, sql);
    }
  }
}
