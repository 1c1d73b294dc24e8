package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.BatchRun;
import io.autopulse.pipeline.Warehouses;
import io.autopulse.pipeline.manifest.ManifestReader;
import io.autopulse.pipeline.run.RunRequest;
import io.autopulse.pipeline.run.RunSummary;
import io.autopulse.pipeline.runner.RunnerConfigReader;
import io.autopulse.pipeline.yaml.Setting;
import io.autopulse.source.warehouse.ReadWarehouse;
import io.autopulse.source.warehouse.WarehouseRow;
import io.autopulse.source.warehouse.WarehouseSnapshot;
import io.autopulse.testing.Landing;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.WarehouseRows;
import io.autopulse.testing.snowflake.SharedSnowflake;
import io.autopulse.testing.snowflake.SnowflakeEmulator;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseUri;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.runs.RunLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the warehouse holds comes back as it is, by the same query from DuckDB and the Snowflake
 * emulator.
 */
@ExtendWith(SharedSnowflake.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ReadBackIT {
  private static final String DATABASE = "READBACKIT";
  private static final String URI = "snowflake://EMULATED/" + DATABASE + "/AUTOPULSE_CORE";

  private static final List<String> TEXTS =
      Collections.unmodifiableList(
          Arrays.asList(
              null,
              "",
              " both ends ",
              "N",
              "\\N",
              "\\\\N",
              "NULL",
              "null",
              "'it''s'",
              "say \"so\"",
              "a,b",
              "ends with \\",
              "two\nlines",
              "windows\r\nlines",
              "tab\there",
              "ümlaut – 🚗",
              "x".repeat(20_000)));

  /** The least and the largest of each column, and a time that Paris' clocks skip. */
  private static final List<List<String>> LIMITS =
      List.of(
          List.of(
              "-9223372036854775808",
              "-9999999999999999.99",
              "-999.999999",
              "0001-01-01",
              "1900-01-01 00:00:00.000001"),
          List.of(
              "9223372036854775807",
              "9999999999999999.99",
              "999.999999",
              "9999-12-31",
              "2024-03-31 02:30:00.123456"),
          List.of("0", "0.10", "0.000001", "1970-01-01", "1969-12-31 23:59:59.999999"));

  @TempDir Path folder;

  private SnowflakeEmulator snowflake;

  @BeforeEach
  void emptyWarehouse(SnowflakeEmulator shared) throws SQLException {
    snowflake = shared;
    shared.dropCoreTables(DATABASE);
    FileSystems.setDefaultPipelineOptions(options());
  }

  private Warehouse duckDb() {
    return Warehouses.open(
        WarehouseUri.parse("duckdb:" + folder.resolve("w.duckdb")), DuckDbSettings.RUN, Map.of());
  }

  private Warehouse emulated() {
    return Warehouses.open(
        WarehouseUri.parse(URI), DuckDbSettings.RUN, snowflake.environment("read-back"));
  }

  @Test
  void everyValueComesBackAsItIs() throws Exception {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < TEXTS.size(); i++) {
      expected.add(i + " " + (TEXTS.get(i) == null ? "is null" : "text " + TEXTS.get(i)));
    }
    List<String> limits =
        List.of(
            "-9223372036854775808|-9999999999999999.99|-999.999999|0001-01-01|1900-01-01T00:00:00.000001|true",
            "9223372036854775807|9999999999999999.99|999.999999|9999-12-31|2024-03-31T02:30:00.123456|true",
            "0|0.10|0.000001|1970-01-01|1969-12-31T23:59:59.999999|true");
    for (Warehouse each : List.of(duckDb(), emulated())) {
      try (Warehouse warehouse = each) {
        fill(warehouse);
        String prefix =
            warehouse.name().startsWith("duckdb")
                ? folder + "/"
                : "s3://" + SnowflakeEmulator.BUCKET + "/read-back/";
        try (Connection connection = warehouse.connect()) {
          WarehouseSnapshot.take(
              connection,
              RunLog.publications(),
              List.of(
                  new WarehouseSnapshot.Query(
                      prefix + "texts.jsonl", "select id, note from AUTOPULSE_CORE.texts"),
                  new WarehouseSnapshot.Query(
                      prefix + "limits.jsonl", "select * from AUTOPULSE_CORE.limits")));
        }
        read(
            ReadWarehouse.of(prefix + "texts.jsonl", ReadBackIT::text, StringUtf8Coder.of()),
            expected);
        read(
            ReadWarehouse.of(prefix + "limits.jsonl", ReadBackIT::limit, StringUtf8Coder.of()),
            limits);
      }
    }
  }

  private static String text(WarehouseRow row) {
    return row.whole("id") + " " + (row.isNull("note") ? "is null" : "text " + row.text("note"));
  }

  private static String limit(WarehouseRow row) {
    return "%d|%s|%s|%s|%s|%s"
        .formatted(
            row.whole("units"),
            row.number("amount"),
            row.number("share"),
            row.date("day"),
            row.time("moment"),
            row.flag("flag"));
  }

  private void read(PTransform<PBegin, PCollection<String>> read, List<String> expected) {
    Pipeline pipeline = Pipeline.create(options());
    PAssert.that(pipeline.apply(read)).containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  private static void fill(Warehouse warehouse) throws SQLException {
    warehouse.migrate();
    try (Connection connection = warehouse.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create table texts (id bigint not null, note varchar)");
      statement.execute(
          "create table limits (units bigint, amount decimal(18, 2), share decimal(9, 6), day date, moment timestamp, flag boolean)");
      try (PreparedStatement insert =
          connection.prepareStatement("insert into texts values (?, ?)")) {
        for (int i = 0; i < TEXTS.size(); i++) {
          insert.setLong(1, i);
          insert.setString(2, TEXTS.get(i));
          insert.executeUpdate();
        }
      }
      for (List<String> row : LIMITS) {
        statement.execute(
            "insert into limits values (%s, %s, %s, date '%s', timestamp '%s', true)"
                .formatted(row.toArray()));
      }
    }
  }

  /** Vehicles and dealers of an earlier run are as good as their files. */
  @Test
  void refreshTakesReferenceDataFromItsWarehouse() throws Exception {
    Path manifest = Landing.generate(folder.resolve("landing"), 2_000, 0.02);
    Path database = folder.resolve("back.duckdb");
    String first = run(manifest, "duckdb:" + database).runId();
    PublishedTables fromFiles = PublishedTables.of(database);
    String second = run(manifest, "duckdb:" + database, OF_WAREHOUSE).runId();
    assertThat(PublishedTables.of(database), is(fromFiles));
    // Not published again: another run may have brought newer ones meanwhile.
    assertThat(
        PublishedTables.query(
            database, "select run_id from vehicles union select run_id from dealers"),
        contains(first));
    assertThat(
        PublishedTables.query(
            database,
            "select feed, rows_read > 10, rows_accepted - rows_read, rows_published from load_run_feeds where feed in ('dealers', 'vehicles') and run_id = '%s' order by 1"
                .formatted(second)),
        contains("dealers|true|0|0", "vehicles|true|0|0"));
    assertThat(Files.exists(Path.of(database + ".staging")), is(false));

    run(manifest, URI);
    run(manifest, URI, OF_WAREHOUSE);
    try (Connection embedded = PublishedTables.open(database);
        Connection account = snowflake.connect(DATABASE, "AUTOPULSE_CORE")) {
      for (String table :
          List.of("sales", "sales_kpi", "vehicles", "dealers", "sales_targets", "load_run_feeds")) {
        assertThat(
            table,
            WarehouseRows.published(account).get(table),
            is(WarehouseRows.published(embedded).get(table)));
      }
    }
  }

  @Test
  void runThatCannotReadBackIsLoggedAsFailed() throws Exception {
    Path manifest = Landing.generate(folder.resolve("landing"), 100, 0);
    Path database = folder.resolve("w.duckdb");
    Path noFolder = Files.writeString(folder.resolve("no-folder"), "");
    String[] settings = {OF_WAREHOUSE[0], "staging=" + noFolder.resolve("staging")};
    assertThrows(InputException.class, () -> run(manifest, "duckdb:" + database, settings));
    assertThat(PublishedTables.query(database, "select status from load_runs"), contains("FAILED"));
  }

  private static final String[] OF_WAREHOUSE = {
    "feeds.vehicles.from={type: warehouse, table: vehicles}",
    "feeds.dealers.from={type: warehouse, table: dealers}"
  };

  private RunSummary run(Path manifest, String warehouse, String... settings) {
    List<Setting> values = new ArrayList<>();
    values.add(new Setting("warehouse", "warehouse", warehouse));
    List.of(settings).forEach(setting -> values.add(Setting.parse(setting)));
    return new BatchRun(
            new RunRequest(
                new ManifestReader(Map.of()).read(manifest, values),
                Optional.empty(),
                Optional.empty(),
                "test"),
            options(),
            snowflake.environment("read-back"),
            Clock.systemUTC(),
            stage -> {})
        .run();
  }

  private PipelineOptions options() {
    PipelineOptions options =
        new RunnerConfigReader(Map.of())
            .shipped("direct")
            .toPipelineOptions(
                List.of("--awsRegion=us-east-1", "--endpoint=" + snowflake.s3Endpoint()));
    options.as(AwsOptions.class).setAwsCredentialsProvider(SnowflakeEmulator.credentials());
    return options;
  }
}
