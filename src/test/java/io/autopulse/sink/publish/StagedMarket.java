package io.autopulse.sink.publish;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.market.MarketTable;
import io.autopulse.sink.publish.market.MarketPublication;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.StagingNames;
import io.autopulse.warehouse.table.TableColumn;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;

/** The staging of a run of the market data job, written out by hand. */
final class StagedMarket {
  private final Connection connection;
  private final StagingNames names;
  private final Instant startedAt;

  private StagedMarket(Connection connection, String runId, Instant startedAt) {
    this.connection = connection;
    this.names = new StagingNames(runId);
    this.startedAt = startedAt;
  }

  /** Makes empty staging tables of a run that started at noon of a day. */
  static StagedMarket on(Connection connection, String runId, String day) throws SQLException {
    StagedMarket run = new StagedMarket(connection, runId, Instant.parse(day + "T12:00:00Z"));
    boolean temporary = connection.getMetaData().getDatabaseProductName().equals("DuckDB");
    String create = "create or replace " + (temporary ? "temporary " : "") + "table ";
    for (MarketTable table : MarketTable.values()) {
      String columns =
          StagedTable.of(table).columns().stream()
              .map(TableColumn::name)
              .map(
                  c ->
                      switch (c) {
                        case "dated" -> "true as dated";
                        case "records", "conflicts" -> "cast(0 as bigint) as " + c;
                        default -> c;
                      })
              .collect(Collectors.joining(", "));
      run.run(
          create
              + run.names.relation(table.toString())
              + " as select "
              + columns
              + " from "
              + table
              + "_history limit 0");
    }
    run.run(
        create
            + run.names.rejectedRecords()
            + " as select * exclude (run_id) from rejected_records limit 0");
    run.run(
        create
            + run.names.loadRunFeeds()
            + " as select * exclude (run_id, rows_published), cast(null as varchar) as conflicting_first, cast(null as varchar) as conflicting_last from load_run_feeds limit 0");
    return run;
  }

  /** Stages a vintage of one record; of registrations in May 2024. */
  StagedMarket registrations(String make, String knownOn, int units) throws SQLException {
    return vintage("ALL", make, "ALL", "ALL", knownOn, units, true);
  }

  /** Stages a vintage whose source does not tell when it was extracted. */
  StagedMarket undated(String make, String knownOn, int units) throws SQLException {
    return vintage("ALL", make, "ALL", "ALL", knownOn, units, false);
  }

  StagedMarket vintage(
      String region,
      String make,
      String model,
      String powertrain,
      String knownOn,
      int units,
      boolean dated)
      throws SQLException {
    return run(
        "insert into %s values (date '2024-05-01', 'month', '%s', '%s', '%s', '%s', date '%s', %d, %s, 1, 0)"
            .formatted(
                names.relation("market_registrations"),
                region,
                make,
                model,
                powertrain,
                knownOn,
                units,
                dated));
  }

  /** Stages the counts of the registrations feed. */
  StagedMarket counted(int read, int superseded, int rejected) throws SQLException {
    return run(
        "insert into %s values ('registrations', %d, %d, %d, 0, %d, 0, 0, 0, null, null)"
            .formatted(names.loadRunFeeds(), read, read - rejected, rejected, superseded));
  }

  /** Runs a statement. */
  StagedMarket run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql.replaceAll("\\{([a-z_]+)}", "STG_$1__" + names.runId()));
    }
    return this;
  }

  PublishReport publish() {
    return new Publisher(connection, Clock.fixed(startedAt, ZoneOffset.UTC))
        .publish(
            new MarketPublication(
                names.runId(),
                "market-data",
                ZoneId.of("Europe/Paris"),
                AuditLimits.DEFAULT,
                startedAt,
                "direct",
                "0.1.0",
                "market.staging",
                Map.of(Feed.REGISTRATIONS, "csv registrations.csv"),
                false));
  }
}
