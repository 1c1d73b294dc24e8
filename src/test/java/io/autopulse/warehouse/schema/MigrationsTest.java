package io.autopulse.warehouse.schema;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.sink.publish.StagedRun;
import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.MigrationReport;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
  @TempDir private Path directory;

  @Test
  void emptyDatabaseGetsEveryCoreTable() throws SQLException {
    try (DuckDbWarehouse warehouse =
        DuckDbWarehouse.open(directory.resolve("a.duckdb"), DuckDbSettings.RUN)) {
      assertThat(
          warehouse.migrate(),
          is(
              new MigrationReport(
                  List.of(
                      "1 core tables",
                      "2 live kpis",
                      "3 market history",
                      "4 pipe tables",
                      "5 trends",
                      "6 live market",
                      "7 equal moments",
                      "8 withdrawn registrations",
                      "9 live runs",
                      "10 skipped rows",
                      "11 forecasts",
                      "12 vehicle history",
                      "13 forecast parts",
                      "14 sales targets",
                      "15 run inputs"),
                  "15")));
      assertThat(warehouse.migrate(), is(new MigrationReport(List.of(), "15")));
      try (Connection connection = warehouse.connect()) {
        assertThat(
            StagedRun.rows(
                connection,
                "select table_name from information_schema.tables where table_schema = 'AUTOPULSE_CORE' order by 1"),
            contains(
                "dealers",
                "flyway_schema_history",
                "forecast_accuracy",
                "forecast_accuracy_current",
                "forecast_fingerprints",
                "forecast_overrides",
                "forecast_value_added",
                "forecast_vintages",
                "forecasts",
                "forecasts_current",
                "fuel_prices",
                "fuel_prices_current",
                "fuel_prices_history",
                "fuel_prices_history_all",
                "fuel_prices_live",
                "live_runs",
                "load_run_audits",
                "load_run_feeds",
                "load_runs",
                "market_attention",
                "market_attention_current",
                "market_attention_history",
                "market_attention_history_all",
                "market_attention_live",
                "market_registrations",
                "market_registrations_current",
                "market_registrations_history",
                "market_registrations_history_all",
                "market_registrations_live",
                "rejected_records",
                "rejected_records_all",
                "rejected_records_live",
                "sale_versions",
                "sale_versions_all",
                "sale_versions_live",
                "sales",
                "sales_kpi",
                "sales_kpi_current",
                "sales_kpi_live",
                "sales_kpi_sliding",
                "sales_targets",
                "trend_features",
                "trend_features_current",
                "trend_features_live",
                "trend_movers",
                "vehicles",
                "vehicles_history"));
      }
    }
  }

  @Test
  void schemaOfALaterReleaseIsRefused() throws SQLException, IOException {
    Path file = MigratedFile.at(directory.resolve("a.duckdb"));
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(file, DuckDbSettings.RUN)) {
      try (Connection connection = warehouse.connect()) {
        connection
            .createStatement()
            .execute(
                "insert into flyway_schema_history select * replace (99 as installed_rank, '99' as version, 'later' as description, 'V99__later.sql' as script) from flyway_schema_history where version = '1'");
      }
      InputException refused = assertThrows(InputException.class, warehouse::migrate);
      assertThat(
          refused.getMessage(),
          is(
              file
                  + ": the schema has version 99, newer than this program knows. Use the release of Autopulse that made it, or a later one"));
    }
  }

  @Test
  void migrationEditedAfterItWasAppliedIsRefused() throws SQLException, IOException {
    Path file = MigratedFile.at(directory.resolve("a.duckdb"));
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(file, DuckDbSettings.RUN)) {
      try (Connection connection = warehouse.connect()) {
        connection
            .createStatement()
            .execute("update flyway_schema_history set checksum = 1 where version = '1'");
      }
      InputException refused = assertThrows(InputException.class, warehouse::migrate);
      assertThat(refused.getMessage(), containsString("checksum mismatch for migration version 1"));
    }
  }

  @Test
  void migrationThatFailsLeavesNothingBehind() throws SQLException, IOException {
    Path migrations = Files.createDirectory(directory.resolve("migrations"));
    Files.writeString(migrations.resolve("V1__first.sql"), "create table first (a bigint);");
    Path second = migrations.resolve("V2__second.sql");
    Files.writeString(second, "create table second (a bigint);\ninsert into nowhere values (1);");
    try (DuckDBConnection root =
        DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("a.duckdb"))
            .unwrap(DuckDBConnection.class)) {
      Migrations broken = new Migrations(root::duplicate, "a.duckdb", "filesystem:" + migrations);
      IllegalStateException failed = assertThrows(IllegalStateException.class, broken::apply);
      assertThat(failed.getMessage(), containsString("nowhere"));
      assertThat(
          StagedRun.rows(
              root,
              "select table_name from information_schema.tables where table_name <> 'flyway_schema_history'"),
          contains("first"));

      Files.writeString(second, "create table second (a bigint);");
      Migrations mended = new Migrations(root::duplicate, "a.duckdb", "filesystem:" + migrations);
      assertThat(mended.apply(), is(new MigrationReport(List.of("2 second"), "2")));
    }
  }

  @Test
  void nothingIsLogged() {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream listening = new PrintStream(said, true, StandardCharsets.UTF_8);
    System.setOut(listening);
    System.setErr(listening);
    try (DuckDbWarehouse warehouse =
        DuckDbWarehouse.open(directory.resolve("a.duckdb"), DuckDbSettings.RUN)) {
      warehouse.migrate();
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(said.toString(StandardCharsets.UTF_8), is(""));
  }
}
