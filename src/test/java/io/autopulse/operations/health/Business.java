package io.autopulse.operations.health;

import io.autopulse.domain.health.SimulatedSales;
import io.autopulse.operations.schedule.Heartbeat;
import io.autopulse.operations.schedule.Heartbeats;
import io.autopulse.operations.schedule.JobsFile;
import io.autopulse.operations.schedule.Outcome;
import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A business that is run by the shipped jobs: a warehouse that is filled as they would fill it day
 * by day, their heartbeats, and looks at its health at 07:30.
 */
final class Business implements AutoCloseable {
  static final ZoneId ZONE = ZoneId.of("Europe/Paris");

  private final Path folder;
  private final LocalDate first;
  private final DuckDbWarehouse warehouse;
  private final Connection connection;
  private final NavigableMap<LocalDate, Long> sales;
  private final Map<String, String> environment;

  Business(Path folder, LocalDate first, int days, double daily, long seed) throws IOException {
    this.folder = folder;
    this.first = first;
    this.sales = SimulatedSales.of(first, days, daily, seed);
    Path file = folder.resolve("w.duckdb");
    this.warehouse =
        DuckDbWarehouse.open(Files.exists(file) ? file : MigratedFile.at(file), DuckDbSettings.RUN);
    this.connection = warehouse.connect();
    this.environment = Map.of("AUTOPULSE_STATE", folder.resolve("state").toString());
  }

  Path state() {
    return folder.resolve("state");
  }

  void run(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Lives through days whose jobs all do what they should. */
  void live(LocalDate from, LocalDate to) throws SQLException {
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      day(day);
    }
  }

  /** Lives through a day until its look at the health. */
  void day(LocalDate day) throws SQLException {
    sold(day.minusDays(1), sales.getOrDefault(day.minusDays(1), 0L));
    market(day);
    refresh(day, "PUBLISHED", 3000, 15, 60);
    if (day.getDayOfWeek() == DayOfWeek.MONDAY) {
      logged("trend-features", day, "05:45", "PUBLISHED");
      forecast(day, 0.8);
      beat("weekly-trends", day, "05:45");
      beat("weekly-forecast", day, "06:00");
    }
    marts(day);
    beat("daily-backfill", day.minusDays(1), "21:00");
    beat("reconcile-snowpipe", day, "07:00");
    beat("data-health", day.minusDays(1), "07:30");
  }

  /** Sells cars on a day, each known by the evening. */
  void sold(LocalDate day, long units) throws SQLException {
    sold("s", day, units);
  }

  void sold(String prefix, LocalDate day, long units) throws SQLException {
    if (!day.isBefore(first) && units > 0) {
      run(
          """
          insert into sale_versions (sale_id, updated_at, sequence, status, sold_at, sold_on, make, model, segment, powertrain,
            dealer_id, region, net_price, currency, run_id)
          select '%s%s-' || i, timestamp '%s 10:00:00', 0, 'SOLD', timestamp '%s 10:00:00', date '%s', 'RENAULT', 'CLIO', 'SMALL',
            'ICE', 'D1', 'NORTH', 20000, 'EUR', 'r' from range(%d) as t (i)
          """
              .formatted(prefix, day, day, day, day, units));
    }
  }

  /** Takes in market figures of the day before, by a run at 04:15. */
  void market(LocalDate day) throws SQLException {
    LocalDate yesterday = day.minusDays(1);
    run(
        "insert into fuel_prices (day, region, fuel, average_price, minimum_price, maximum_price, stations, run_id) values ('%s', 'ALL', 'DIESEL', 1.7, 1.6, 1.8, 90, 'm')"
            .formatted(yesterday),
        "insert into market_attention (day, source, topic, views, mentions, run_id) values ('%s', 'web', 'RENAULT', 100, 9, 'm')"
            .formatted(yesterday));
    if (day.getDayOfMonth() == 15 || day.equals(first)) {
      run(
          "insert into market_registrations_history (period_start, period_grain, region, make, model, powertrain, known_on, registrations, run_id) values ('%s', 'month', 'ALL', 'ALL', 'ALL', 'ALL', '%s', 90000, 'm')"
              .formatted(day.minusMonths(1).withDayOfMonth(1), day));
    }
    logged("market-data", day, "04:15", "PUBLISHED");
    beat("market-sync", day, "04:15");
  }

  /** Refreshes the sales at 05:00. */
  void refresh(LocalDate day, String status, int read, int rejected, int duplicate)
      throws SQLException {
    String run = logged("daily-refresh", day, "05:00", status);
    run(
        "insert into load_run_feeds values ('%s', 'sales', %d, %d, %d, %d, 0, 0, 0, 0, 0)"
            .formatted(run, read, read - rejected - duplicate, rejected, duplicate));
    if (status.equals("PUBLISHED")) {
      beat("daily-refresh", day, "05:00");
    } else {
      run(
          "insert into load_run_audits values ('%s', 'rejected-share', false, 'at most a tenth')"
              .formatted(run));
      failed("daily-refresh", day, "05:00", 3, "audits failed: rejected-share");
    }
  }

  /** Forecasts at 06:00, and measures how earlier forecasts did. */
  void forecast(LocalDate day, double coverage) throws SQLException {
    String run = logged("weekly-forecast", day, "06:00", "PUBLISHED");
    LocalDate asOf = day.minusDays(1);
    run(
        "insert into forecast_vintages values ('week', '%s', 1, 'weekly-forecast', '%s 05:00:00', 0, 0, '%s')"
            .formatted(asOf, day, run),
        """
        insert into forecast_accuracy (grain, as_of, vintage, dimension, member, method, horizon, forecasts, units, error,
          absolute_error, coverage_80, gated, run_id) values ('week', '%s', 1, 'total', 'ALL', 'forecast', 1, 400, 9, 1, 1, %s, false, '%s')
        """
            .formatted(asOf, coverage, run));
  }

  /** Builds the marts at 06:30: what matters of them is which runs they show. */
  void marts(LocalDate day) throws SQLException {
    run(
        "create schema if not exists AUTOPULSE_MARTS",
        "create or replace table AUTOPULSE_MARTS.mart_data_quality as select run_id, status, started_at, ended_at from load_runs");
    beat("marts", day, "06:30");
  }

  /** Logs a run that took a minute. */
  String logged(String job, LocalDate day, String time, String status) throws SQLException {
    Instant start = at(day, time).plusSeconds(20);
    String run = "r-" + job + "-" + day;
    run(
        "insert into load_runs (run_id, job, status, started_at, ended_at, seconds, host, process_id, autopulse_version, runner, message) values ('%s', '%s', '%s', '%s', '%s', 60, 'other', 1, '1', 'direct', null)"
            .formatted(run, job, status, utc(start), utc(start.plusSeconds(60))));
    return run;
  }

  void beat(String job, LocalDate day, String time) {
    Instant due = at(day, time);
    write(job, due, Optional.of(due.plusSeconds(90)), Outcome.SUCCEEDED, 0, "");
  }

  void failed(String job, LocalDate day, String time, int exitCode, String message) {
    Instant due = at(day, time);
    write(job, due, Optional.of(due.plusSeconds(90)), Outcome.FAILED, exitCode, message);
  }

  void running(String job, LocalDate day, String time) {
    write(job, at(day, time), Optional.empty(), Outcome.RUNNING, 0, "");
  }

  void write(
      String job,
      Instant due,
      Optional<Instant> ended,
      Outcome outcome,
      int exitCode,
      String message) {
    new Heartbeats(state())
        .write(
            new Heartbeat(
                job,
                due,
                due.plusSeconds(10),
                ended,
                outcome,
                exitCode,
                1,
                List.of(),
                message,
                "schedule",
                "other",
                1));
  }

  /** Looks at the health at 07:30 of a day. */
  HealthReport look(LocalDate day) {
    return look(look -> at(look, List.of()), at(day, "07:30"));
  }

  /** Shows the open warehouse to a look, as if it lacked migrations. */
  void at(WarehouseAccess.Look look, List<String> pending) throws SQLException {
    look.at(connection, pending);
  }

  HealthReport look(WarehouseAccess access, Instant at) {
    return health().look(access, "duckdb:w.duckdb", at);
  }

  Health health() {
    return new Health(
        new HealthConfigReader(environment).read(Optional.empty()),
        JobsFile.shipped(environment),
        SimulatedSales.HOLIDAYS,
        environment);
  }

  /** Returns the keys of the causes that a look at 07:30 of a day finds. */
  List<String> causes(LocalDate day) {
    return look(day).incidents().stream()
        .map(incident -> incident.cause().key())
        .collect(Collectors.toList());
  }

  static Instant at(LocalDate day, String time) {
    return day.atTime(LocalTime.parse(time)).atZone(ZONE).toInstant();
  }

  private static String utc(Instant instant) {
    return instant.toString().replace("T", " ").replace("Z", "");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    warehouse.close();
  }
}
