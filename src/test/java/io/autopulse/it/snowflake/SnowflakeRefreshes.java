package io.autopulse.it.snowflake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.it.HostileSales;
import io.autopulse.pipeline.BatchRun;
import io.autopulse.pipeline.Warehouses;
import io.autopulse.pipeline.manifest.ManifestReader;
import io.autopulse.pipeline.run.RunRequest;
import io.autopulse.pipeline.runner.RunnerConfigReader;
import io.autopulse.pipeline.yaml.Setting;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.AutopulseJar.Call;
import io.autopulse.testing.AutopulseJar.Result;
import io.autopulse.testing.Corrections;
import io.autopulse.testing.Landing;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.Refresh;
import io.autopulse.testing.WarehouseRows;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseUri;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Runs of the jar into one warehouse in Snowflake, and what must hold after them: the same for an
 * emulator and an account.
 *
 * @param folder for landing zones and DuckDB files
 * @param uri the warehouse, whose database is the test's own
 * @param environment how to log in, and where to stage
 * @param options Beam's options for the object storage
 */
public record SnowflakeRefreshes(
    Path folder, String uri, Map<String, String> environment, List<String> options) {
  /** Returns the same runs with another variable. */
  public SnowflakeRefreshes with(String variable, String value) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.put(variable, value);
    return new SnowflakeRefreshes(folder, uri, changed, options);
  }

  /**
   * Publishes a landing zone with hostile texts, and then its corrections by another runner. Both
   * give the tables of DuckDB.
   */
  void publishHostileSalesAndTheirCorrections() throws IOException, SQLException {
    Path manifest = Landing.generate(folder.resolve("hostile"), 3_000, 0.02);
    HostileSales.add(manifest.resolveSibling("sales"));
    Path duckDb = folder.resolve("hostile.duckdb");

    Refresh.of(manifest, duckDb).run();
    run(manifest, uri, "direct").mustExit(0);
    assertSameTables(duckDb);
    assertNothingStaged();

    // The next extract corrects, moves and supersedes; another runner, the same tables.
    Corrections.add(manifest.resolveSibling("sales"), 10);
    Refresh.of(manifest, duckDb).run();
    run(manifest, uri, "flink-local").mustExit(0);
    assertSameTables(duckDb);
    assertNothingStaged();
  }

  /** Two runs of one landing zone, side by side, both publish what one would. */
  void publishTwiceAtOnce() throws IOException, SQLException {
    Path manifest = Landing.generate(folder.resolve("twice"), 2_000, 0.02);
    Path duckDb = folder.resolve("twice.duckdb");
    Refresh.of(manifest, duckDb).run();
    Refresh.of(manifest, duckDb).run();
    command("migrate", "--warehouse", uri).mustExit(0);
    List<String> before = published();

    Call first = jar().start(call(manifest, uri, "direct"));
    Call second = jar().start(call(manifest, uri, "direct"));
    first.await().mustExit(0);
    second.await().mustExit(0);

    assertThat(published().size(), is(before.size() + 2));
    assertSameTables(duckDb);
    assertNothingStaged();
  }

  /** Drops all core tables. */
  void startAnew() throws SQLException {
    try (Connection connection =
            Warehouses.open(WarehouseUri.parse(uri), DuckDbSettings.RUN, environment).connect();
        Statement statement = connection.createStatement()) {
      statement.execute("drop schema AUTOPULSE_CORE");
    }
  }

  private List<String> published() throws SQLException {
    return rows("select run_id from AUTOPULSE_CORE.load_runs where status = 'PUBLISHED'");
  }

  /** Vehicles and dealers that are published already need no files. */
  void readReferenceDataBack() throws IOException, SQLException {
    Path manifest = Landing.generate(folder.resolve("back"), 2_000, 0.02);
    Path duckDb = folder.resolve("back.duckdb");
    for (String warehouse : List.of("duckdb:" + duckDb, uri)) {
      run(manifest, warehouse, "direct").mustExit(0);
      run(
              manifest,
              warehouse,
              "direct",
              "--set",
              "feeds.vehicles.from={type: warehouse, table: vehicles}",
              "--set",
              "feeds.dealers.from={type: warehouse, table: dealers}")
          .mustExit(0);
    }
    assertSameTables(duckDb);
    assertNothingStaged();
  }

  /** Looks at everything that a run needs. */
  void check() {
    assertThat(command("check", "--warehouse", uri).mustExit(0).out(), containsString("ok"));
  }

  /** Runs a command. */
  Result command(String... arguments) {
    return jar().run(arguments);
  }

  /**
   * Runs a job in this process, by the DirectRunner.
   *
   * @param interval the business dates; empty for the manifest's own
   * @param settings values in the place of the manifest's, as {@code path=value}
   */
  void runHere(
      Path manifest, String warehouse, Optional<BusinessInterval> interval, String... settings) {
    List<Setting> values = new ArrayList<>();
    values.add(new Setting("warehouse", "warehouse", warehouse));
    List.of(settings).forEach(setting -> values.add(Setting.parse(setting)));
    PipelineOptions direct =
        new RunnerConfigReader(Map.of()).shipped("direct").toPipelineOptions(options);
    giveKeys(direct);
    new BatchRun(
            new RunRequest(
                new ManifestReader(environment).read(manifest, values),
                interval,
                Optional.empty(),
                "test"),
            direct,
            environment,
            Clock.systemUTC(),
            stage -> {})
        .run();
  }

  /** Runs a job over the dates of its manifest, in this process. */
  public void runHere(Path manifest, String warehouse, String... settings) {
    runHere(manifest, warehouse, Optional.empty(), settings);
  }

  /** Runs a refresh by the jar. */
  public Result run(Path manifest, String warehouse, String runner, String... more) {
    return jar().run(call(manifest, warehouse, runner, more));
  }

  private AutopulseJar jar() {
    return AutopulseJar.in(folder).with(environment);
  }

  private String[] call(Path manifest, String warehouse, String runner, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "run", manifest.toString(), "--warehouse", warehouse, "--runner-config", runner));
    command.addAll(List.of(more));
    if (warehouse.startsWith("snowflake:")) {
      command.add("--");
      command.addAll(options);
    }
    return command.toArray(new String[0]);
  }

  /** Asserts that the published tables are those of a DuckDB file. */
  public void assertSameTables(Path duckDb) throws SQLException {
    try (Connection connection = warehouse().connect()) {
      WarehouseRows.assertSame(connection, duckDb);
    }
  }

  /** Asserts that a query gives the same rows here and in a DuckDB file, and some at all. */
  void assertSameRows(Path duckDb, String query) throws SQLException {
    try (Connection embedded = PublishedTables.open(duckDb)) {
      List<String> expected = WarehouseRows.of(embedded, query);
      assertThat(query, expected, is(not(empty())));
      assertThat(query, rows(query), is(expected));
    }
  }

  /** Asserts that no table, view or file of a run is left. */
  public void assertNothingStaged() throws IOException, SQLException {
    assertThat(stagedRelations(), is(empty()));
    PipelineOptions s3 = PipelineOptionsFactory.fromArgs(options.toArray(String[]::new)).create();
    giveKeys(s3);
    FileSystems.setDefaultPipelineOptions(s3);
    assertThat(
        FileSystems.match(
                environment.get("AUTOPULSE_SNOWFLAKE_STAGE") + "r2*/**", EmptyMatchTreatment.ALLOW)
            .metadata(),
        is(empty()));
  }

  /** Lets Beam use the keys of the environment, which a client in this process does not look at. */
  private void giveKeys(PipelineOptions s3) {
    String key = environment.get("AWS_ACCESS_KEY_ID");
    if (key != null && !environment.containsKey("AWS_SESSION_TOKEN")) {
      s3.as(AwsOptions.class)
          .setAwsCredentialsProvider(
              StaticCredentialsProvider.create(
                  AwsBasicCredentials.create(key, environment.get("AWS_SECRET_ACCESS_KEY"))));
    }
  }

  /** Returns the tables and views that runs stage by. */
  List<String> stagedRelations() throws SQLException {
    return rows(
        "select table_name from information_schema.tables where table_schema = 'AUTOPULSE_CORE' and startswith(table_name, 'STG_')");
  }

  /** Returns the rows of a query, sorted. */
  List<String> rows(String sql) throws SQLException {
    try (Connection connection = warehouse().connect()) {
      return WarehouseRows.of(connection, sql);
    }
  }

  /** Opens a warehouse, to change what is there. */
  Warehouse open(String warehouse) {
    return Warehouses.open(WarehouseUri.parse(warehouse), DuckDbSettings.RUN, environment);
  }

  private Warehouse warehouse() {
    return Warehouses.open(WarehouseUri.parse(uri), DuckDbSettings.QUERY, environment);
  }
}
