package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.AutopulseJar.Result;
import io.autopulse.testing.CarSalesExport;
import io.autopulse.testing.Corrections;
import io.autopulse.testing.Landing;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.SharedSnowflake;
import io.autopulse.testing.SnowflakeEmulator;
import io.autopulse.testing.WarehouseRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/**
 * The jar publishes the same tables to the Snowflake emulator as to DuckDB, through SnowflakeIO.
 */
@ExtendWith(SharedSnowflake.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class SnowflakeRefreshIT {
  private static final String DATABASE = "SNOWFLAKEREFRESHIT";
  private static final String URI = "snowflake://EMULATED/" + DATABASE + "/AUTOPULSE_CORE";

  @TempDir Path folder;

  private SnowflakeEmulator snowflake;

  @BeforeEach
  void emptyWarehouse(SnowflakeEmulator shared) throws SQLException {
    snowflake = shared;
    try (Connection connection = shared.connect(DATABASE, "RAW");
        var statement = connection.createStatement()) {
      statement.execute("drop schema if exists AUTOPULSE_CORE");
    }
  }

  @Test
  void hostileLandingZoneGivesTheTablesOfDuckDb() throws Exception {
    Path manifest = Landing.generate(folder.resolve("landing"), 3_000, 0.02);
    HostileSales.add(manifest.resolveSibling("sales"));
    Path duckDb = folder.resolve("w.duckdb");

    run(manifest, "duckdb:" + duckDb, "direct").mustExit(0);
    run(manifest, URI, "direct").mustExit(0);
    assertSameTables(duckDb);
    assertNothingStaged();

    // The next extract corrects, moves and supersedes; another runner, the same tables.
    Corrections.add(manifest.resolveSibling("sales"), 10);
    run(manifest, "duckdb:" + duckDb, "flink-local").mustExit(0);
    Result again = run(manifest, URI, "flink-local").mustExit(0);
    System.out.printf("SnowflakeRefreshIT: embedded Flink %.1f s%n", again.seconds());
    assertSameTables(duckDb);
    assertNothingStaged();
  }

  @Test
  void failedAuditPublishesNothingAndTheNextRunDropsWhatWasStaged() throws Exception {
    Path manifest = Landing.generate(folder.resolve("landing"), 2_000, 0.02);
    Result refused = run(manifest, URI, "direct", "--set", "audits.max_rejected=0.001").mustExit(3);
    assertThat(
        refused.err(),
        allOf(
            containsString("published nothing, and the warehouse is as it was"),
            containsString("What the run staged is kept in tables STG_..__r")));
    assertThat(rows("select * from AUTOPULSE_CORE.sales"), is(empty()));
    assertThat(
        rows("select status from AUTOPULSE_CORE.load_runs"), is(List.of("status=8:REJECTED")));
    assertThat(rows(STAGED), is(not(empty())));

    run(manifest, URI, "direct").mustExit(0);
    assertThat(rows("select 1 from AUTOPULSE_CORE.sales").size(), is(greaterThan(1000)));
    assertNothingStaged();
  }

  @Test
  void hostileNamesOfWarehousesAreTheUsersToMend() {
    Path manifest = Landing.generate(folder.resolve("landing"), 10, 0);
    for (String uri :
        List.of(
            "snowflake://EMULATED/A;drop table x/AUTOPULSE_CORE",
            "snowflake://EMULATED/A'--/AUTOPULSE_CORE",
            URI + "?warehouse=W'X",
            "snowflake://EMULATED/A/OTHER")) {
      run(manifest, uri, "direct").mustExit(2);
    }
    Map<String, String> environment = environment();
    environment.put("AUTOPULSE_SNOWFLAKE_STAGE", "s3://staging/a.*/");
    assertThat(
        run(environment, manifest, URI, "direct").mustExit(2).err(),
        containsString("AUTOPULSE_SNOWFLAKE_STAGE"));
    environment.remove("AUTOPULSE_SNOWFLAKE_STAGE");
    assertThat(
        run(environment, manifest, URI, "direct").mustExit(2).err(),
        containsString("AUTOPULSE_SNOWFLAKE_STAGE: it is not set"));
  }

  /** The real export where its file is, else an invented one of the same shape. */
  @Test
  void exportOfAnErpGivesTheTablesOfDuckDb() throws Exception {
    Path export = CarSalesExport.real();
    if (!Files.exists(export)) {
      System.out.println(
          "SnowflakeRefreshIT: no real export at " + export + "; an invented one is run");
      export = folder.resolve("export.csv");
      CarSalesExport.write(export, 4000);
    }
    Path manifest = CarSalesExport.writeManifest(folder);
    Map<String, String> environment = environment();
    environment.put("AUTOPULSE_CAR_SALES", export.toString());
    Path duckDb = folder.resolve("w.duckdb");

    run(environment, manifest, "duckdb:" + duckDb, "direct").mustExit(0);
    run(environment, manifest, URI, "direct").mustExit(0);
    assertSameTables(duckDb);
    try (Stream<String> lines = Files.lines(export)) {
      long records = lines.count() - 1;
      assertThat(
          rows("select rows_read from AUTOPULSE_CORE.load_run_feeds"),
          is(List.of("rows_read=%d:%d".formatted(String.valueOf(records).length(), records))));
    }
  }

  private Map<String, String> environment() {
    Map<String, String> environment = snowflake.environment();
    environment.put("AUTOPULSE_SNOWFLAKE_PRIVATE_KEY_FILE", snowflake.keys().plain().toString());
    environment.put("AUTOPULSE_SNOWFLAKE_STAGE", "s3://" + SnowflakeEmulator.BUCKET + "/refresh/");
    environment.put("AUTOPULSE_SNOWFLAKE_INTEGRATION", SnowflakeEmulator.INTEGRATION);
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    environment.put("AUTOPULSE_DEBUG", "1");
    return environment;
  }

  private Result run(Path manifest, String warehouse, String runner, String... options) {
    return run(environment(), manifest, warehouse, runner, options);
  }

  private Result run(
      Map<String, String> environment,
      Path manifest,
      String warehouse,
      String runner,
      String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "run", manifest.toString(), "--warehouse", warehouse, "--runner-config", runner));
    command.addAll(List.of(options));
    if (warehouse.startsWith("snowflake:")) {
      command.addAll(
          List.of("--", "--awsRegion=us-east-1", "--endpoint=" + snowflake.s3Endpoint()));
    }
    return AutopulseJar.in(folder).with(environment).run(command.toArray(new String[0]));
  }

  private static final String STAGED =
      "select table_name from information_schema.tables where table_schema = 'AUTOPULSE_CORE' and startswith(table_name, 'STG_')";

  private void assertNothingStaged() throws SQLException {
    assertThat(rows(STAGED), is(empty()));
    try (S3Client s3 = snowflake.s3()) {
      assertThat(
          s3.listObjectsV2(
                  ListObjectsV2Request.builder()
                      .bucket(SnowflakeEmulator.BUCKET)
                      .prefix("refresh/")
                      .build())
              .contents(),
          is(empty()));
    }
  }

  private void assertSameTables(Path duckDb) throws SQLException {
    try (Connection embedded = PublishedTables.open(duckDb);
        Connection emulated = snowflake.connect(DATABASE, "AUTOPULSE_CORE")) {
      Map<String, List<String>> expected = WarehouseRows.published(embedded);
      Map<String, List<String>> found = WarehouseRows.published(emulated);
      for (String table : expected.keySet()) {
        assertThat(table, difference(found.get(table), expected.get(table)), is(empty()));
        assertThat(table, found.get(table).size(), is(expected.get(table).size()));
      }
      assertThat(expected.get("sales"), is(not(empty())));
      assertThat(expected.get("load_run_feeds"), hasItem(containsString("feed=5:sales")));
    }
  }

  /** Returns some rows that are in one list only. */
  private static List<String> difference(List<String> found, List<String> expected) {
    List<String> missing = new ArrayList<>(expected);
    missing.removeAll(new HashSet<>(found));
    List<String> extra = new ArrayList<>(found);
    extra.removeAll(new HashSet<>(expected));
    List<String> difference = new ArrayList<>();
    missing.stream().limit(5).forEach(row -> difference.add("missing " + row));
    extra.stream().limit(5).forEach(row -> difference.add("extra " + row));
    return difference;
  }

  private List<String> rows(String sql) throws SQLException {
    try (Connection connection = snowflake.connect(DATABASE, "AUTOPULSE_CORE")) {
      return WarehouseRows.of(connection, sql);
    }
  }
}
