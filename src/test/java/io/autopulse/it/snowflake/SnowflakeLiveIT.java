package io.autopulse.it.snowflake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.it.HostileSales;
import io.autopulse.pipeline.BatchRun;
import io.autopulse.pipeline.LiveRun;
import io.autopulse.pipeline.Reconcile;
import io.autopulse.pipeline.live.FollowListener;
import io.autopulse.pipeline.live.FollowSummary;
import io.autopulse.pipeline.live.StopRequest;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.ManifestReader;
import io.autopulse.pipeline.run.RunRequest;
import io.autopulse.pipeline.runner.RunnerConfig;
import io.autopulse.pipeline.runner.RunnerConfigReader;
import io.autopulse.pipeline.yaml.Setting;
import io.autopulse.sink.live.snowflake.Reconciliation;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.Corrections;
import io.autopulse.testing.FlinkCluster;
import io.autopulse.testing.Landing;
import io.autopulse.testing.LiveTopics;
import io.autopulse.testing.Nightly;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.Refresh;
import io.autopulse.testing.WarehouseRows;
import io.autopulse.testing.snowflake.SharedSnowflake;
import io.autopulse.testing.snowflake.SnowflakeEmulator;
import io.autopulse.testing.snowflake.SnowflakeSession;
import io.autopulse.warehouse.WarehouseUri;
import io.autopulse.warehouse.serving.LivePublication;
import io.autopulse.warehouse.snowflake.SnowflakeSettings;
import io.autopulse.warehouse.snowflake.SnowflakeWarehouse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The live job into the Snowflake emulator: SnowflakeIO writes files to S3 and names them to
 * Snowpipe, which checks the JWT of the user's key. What it appends is what the refresh of the same
 * records publishes to DuckDB.
 */
@ExtendWith(SharedSnowflake.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SnowflakeLiveIT {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String LIVE = "live={panes: 200ms, poll: 200ms, flush: 1s}";

  private static final List<String> ONE_WORKER =
      List.of("--parallelism=1", "--checkpointingInterval=1000");

  private static final String KPIS =
      """
      select
          grain, window_start, window_end, dimension, member, units_sold, units_cancelled, units_returned, revenue,
          average_price, median_price, p10_price, p90_price, average_discount, sales_mix, revision
      from AUTOPULSE_CORE.%s
      """;

  private static final String[] KPI_SETTINGS = {
    "kpis.grains=[day, month]", "kpis.dimensions=[total, region, [region, model]]"
  };

  private static final String ALL_BUT_RUN = "select * exclude (run_id) from AUTOPULSE_CORE.%s";

  // What a failure leaves is its evidence.
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  private SnowflakeEmulator snowflake;
  private String database;
  private String uri;
  private String stage;
  private String pipe;
  private AutopulseJar jar;

  @BeforeAll
  static void letS3In() {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  @BeforeEach
  void setUpAccount(SnowflakeEmulator shared, TestInfo test) throws Exception {
    snowflake = shared;
    // Stages cannot be dropped here: each test has a database and a folder of its own.
    database = test.getTestMethod().orElseThrow().getName().toUpperCase(Locale.ROOT);
    uri = "snowflake://EMULATED/" + database + "/AUTOPULSE_CORE";
    stage = "s3://" + SnowflakeEmulator.BUCKET + "/" + database + "/";
    pipe = database + ".AUTOPULSE_CORE.SALES_KPI_LIVE_PIPE";
    jar = AutopulseJar.in(folder).with(environment());
    try (SnowflakeSession session = new SnowflakeSession(shared.connect(database, "RAW"))) {
      for (String statement : SnowflakeSetupScript.SETUP.statements(database, stage)) {
        if (statement.startsWith("create stage") || statement.startsWith("create file format")) {
          session.run(statement);
        }
      }
      SnowflakeWarehouse.open(
              SnowflakeSettings.of((WarehouseUri.Snowflake) WarehouseUri.parse(uri), environment()),
              false)
          .migrate();
      for (String statement : SnowflakeSetupScript.PIPES.statements(database, stage)) {
        if (statement.startsWith("create pipe")) {
          session.run(statement);
        }
      }
    }
  }

  @Test
  void killedTaskManagerOfAClusterLosesNothing() throws Exception {
    Path manifest = Landing.generateForLiveJobs(folder.resolve("landing"), 1_000, 0);
    Refresh.of(manifest, folder.resolve("batch.duckdb")).run();
    try (LiveTopics topics = LiveTopics.start(folder);
        FlinkCluster cluster = FlinkCluster.start(folder.resolve("cluster"), 1, 1, environment())) {
      List<byte[]> sales = topics.records("sales");
      int part = sales.size() / 4;
      String live = topics.manifest("5200w").toString();
      String job = submit(cluster, live);
      topics.sendSales(sales.subList(0, part));
      topics.awaitSent();
      assertThat(
          await(Following.NOTHING, () -> count("select count(*) from sale_versions_live") > 0),
          is(true));
      for (int number = 1; number <= 2; number++) {
        long before = count("select count(*) from sale_versions_live");
        topics.sendSales(sales.subList(number * part, (number + 1) * part));
        topics.awaitSent();
        assertThat(
            "rows are loaded, and others are on their way",
            await(
                Following.NOTHING, () -> count("select count(*) from sale_versions_live") > before),
            is(true));
        if (number <= Nightly.size(1, 2)) {
          long restarts = cluster.restarts(job);
          cluster.killTaskManager(1);
          cluster.startTaskManager(1);
          cluster.awaitRestart(job, restarts);
          cluster.awaitRunning(job);
        }
      }
      topics.sendSales(sales.subList(3 * part, sales.size()));
      topics.awaitSent();
      boolean equal = awaitEqual(Following.NOTHING, "sales_kpi_current", "sale_versions_all");
      cluster.cancel(job);
      assertThat(equal ? "" : difference() + cluster.logs(), equal, is(true));
    }
    System.out.printf(
        "SnowflakeLiveIT: %d versions appended, %d of them distinct%n",
        count("select count(*) from sale_versions_live"),
        count("select count(*) from sale_versions_all"));
    assertThat(
        count(
            "select count(*) from load_runs where status = 'PUBLISHED' and message like 'handed over to a Flink cluster as job %'"),
        is(1L));
  }

  private String submit(FlinkCluster cluster, String manifest) {
    List<String> call = live(manifest, "--runner-config", "flink-cluster-live");
    call.addAll(
        List.of(
            "--checkpointingInterval=1000", "--minPauseBetweenCheckpoints=200", "--parallelism=1"));
    AutopulseJar.Result submitted =
        jar.with(environment("AUTOPULSE_FLINK_MASTER", cluster.master()))
            .succeed(call.toArray(String[]::new));
    assertThat(submitted.out(), containsString("See what Snowpipe loads of it: autopulse follow"));
    String job = cluster.awaitJob("live-topics");
    cluster.awaitRunning(job);
    return job;
  }

  /** In this process: an embedded Flink, then the commands' own classes. */
  @Test
  void hostileRecordsArriveOnceTheyAreReconciledAndTheRefreshTakesThemOver() throws Exception {
    Path manifest = Landing.generateForLiveJobs(folder.resolve("landing"), 200, 0.05);
    Path sales = manifest.resolveSibling("sales");
    HostileSales.add(sales);
    Refresh batch = Refresh.of(manifest, folder.resolve("batch.duckdb")).with(KPI_SETTINGS);
    batch.run();

    // For a while: a right that is being granted, a server that is busy.
    snowflake.refuse(database + ".AUTOPULSE_CORE.SALE_VERSIONS_LIVE_PIPE", 403, 500);
    try (Following run = Following.start(live(manifest))) {
      boolean arrived =
          awaitEqual(run, "sales_kpi_current", "sale_versions_all", "rejected_records_all");
      assertThat(arrived ? "" : difference(), arrived, is(true));
      assertThat(
          "the job went on as if nothing had been: no row twice",
          count("select count(*) from sale_versions_live"),
          is(count("select count(*) from sale_versions_all")));

      // Snowpipe takes files and forgets them.
      snowflake.withhold(pipe, 1);
      Corrections.add(sales, 10);
      batch.run();
      assertThat(awaitEqual(run, "sale_versions_all"), is(true));
      Duration longEnough = Duration.ofSeconds(5);
      assertThat(await(run, () -> !missing(longEnough).isEmpty()), is(true));
      Reconcile reconcile = reconcile();
      for (Reconciliation table :
          reconcile.mend(reconcile.compare(Duration.ofDays(13), longEnough), PATIENCE)) {
        assertThat(table.missing(), is(empty()));
      }
      boolean restated = awaitEqual(run, "sales_kpi_current", "sale_versions_all");
      assertThat(restated ? "" : difference(), restated, is(true));
      livePage(manifest)
          .assertShowsTheSalesOf(
              folder.resolve("batch.duckdb"), LivePublication.Origin.READ_AT_WORK);

      FollowSummary summary = run.stop();
      assertThat(summary.total().versions(), is(greaterThan(150L)));
      assertThat(summary.total().rejectedRecords(), is(greaterThan(4L)));
    }
    assertThat(
        count("select count(*) from load_runs where status = 'PUBLISHED' and ended_at is not null"),
        is(1L));
    assertThat("all of them", missing(Duration.ofMillis(1)), is(empty()));
    assertThat(
        "younger than an hour",
        reconcile().compare(Duration.ofDays(13), Duration.ofHours(1)).get(0).staged(),
        is(greaterThan(0)));

    refreshIntoSnowflake(manifest(manifest, uri));
    for (String appended : List.of("sale_versions_live", "rejected_records_live")) {
      assertThat(appended, count("select count(*) from " + appended), is(0L));
    }
    assertThat("panes of closed windows", count("select count(*) from sales_kpi_live"), is(0L));
    boolean published = awaitEqual(Following.NOTHING, "sales_kpi", "sale_versions");
    assertThat(published ? "" : difference(), published, is(true));
    livePage(manifest)
        .assertShowsTheSalesOf(folder.resolve("batch.duckdb"), LivePublication.Origin.READ_ENDED);
    assertThat(count("select count(*) from rejected_records"), is(greaterThan(4L)));
  }

  @Test
  void refusalThatLastsEndsTheJobAndTheNextStartLosesNothing() throws Exception {
    Path manifest = Landing.generateForLiveJobs(folder.resolve("landing"), 50, 0);
    Refresh.of(manifest, folder.resolve("batch.duckdb")).with(KPI_SETTINGS).run();
    // The shipped configuration lets a job fail four times, each after half a minute.
    Path once = folder.resolve("once.yaml");
    Files.writeString(
        once,
        Files.readString(Path.of("runner-configs/flink-live.yaml"))
            .replace("type: failure-rate", "type: none"));
    snowflake.refuse(pipe, Collections.nCopies(200, 403).toArray(Integer[]::new));

    List<String> call =
        run(manifest.toString(), liveSettings(), "--runner-config", once.toString());
    call.addAll(ONE_WORKER);
    assertThat(
        jar.run(call.toArray(String[]::new)).mustExit(2).err(),
        containsString(
            "error: pipe "
                + pipe
                + ": there is no such pipe, or the default role of user AUTOPULSE may not use it. Run warehouse/snowflake/pipes.sql"));
    assertThat(count("select count(*) from sales_kpi_live"), is(0L));

    snowflake.refuse(pipe);
    try (Following next = Following.start(live(manifest))) {
      boolean arrived = awaitEqual(next, "sales_kpi_current", "sale_versions_all");
      assertThat(arrived ? "" : difference(), arrived, is(true));
      next.stop();
    }
  }

  /** The market feeds, by the same sink. */
  @Test
  void liveMarketShowsWhatTheMarketJobPublishesAndIsTakenOver() throws Exception {
    Path file =
        Landing.generateMarketForLiveJobs(folder.resolve("landing"), 50)
            .resolveSibling("market.yaml");
    Refresh.of(file, folder.resolve("batch.duckdb")).run();
    Manifest market = read(file, uri, LIVE, liveFolder());
    String[] views = {
      "fuel_prices_current",
      "fuel_prices_history_all",
      "market_registrations_current",
      "market_registrations_history_all",
      "market_attention_current",
      "market_attention_history_all"
    };
    try (Following run = Following.start(follow(market))) {
      assertThat(awaitEqual(run, views), is(true));
      FollowSummary summary = run.stop();
      assertThat(summary.total().figures(), is(greaterThan(1_000L)));
    }
    assertThat("nothing is published yet", count("select count(*) from fuel_prices"), is(0L));
    refreshIntoSnowflake(read(file, uri));
    assertThat(awaitEqual(Following.NOTHING, views), is(true));
    assertThat("taken over", count("select count(*) from fuel_prices_live"), is(0L));
    assertThat(count("select count(*) from market_attention_live"), is(0L));
    assertThat(
        jar.run("check", "--warehouse", uri).mustExit(0).out(),
        allOf(
            containsString("ok       pipe FUEL_PRICES_LIVE_PIPE  running"),
            containsString("ok       pipe TREND_FEATURES_LIVE_PIPE  running")));
  }

  private SnowflakeLivePage livePage(Path manifest) {
    return new SnowflakeLivePage(
        folder.resolve("copies"), uri, environment(), read(manifest, uri).timezone());
  }

  private String liveFolder() {
    return "live.folder=" + folder.resolve("live");
  }

  private Following.Work live(Path file) {
    return follow(read(file, uri, liveSettings().toArray(String[]::new)));
  }

  private List<String> liveSettings() {
    List<String> settings = new ArrayList<>(List.of(KPI_SETTINGS));
    settings.addAll(List.of(LIVE, liveFolder(), "live.corrections=5200w"));
    return settings;
  }

  private Following.Work follow(Manifest followed) {
    return follow(followed, environment());
  }

  private Following.Work follow(Manifest followed, Map<String, String> environment) {
    RunnerConfig flink = new RunnerConfigReader(Map.of()).shipped("flink-live");
    LiveRun run =
        new LiveRun(followed, environment, Clock.systemUTC(), FollowListener.SILENT, "test");
    List<String> options = new ArrayList<>(s3());
    options.addAll(ONE_WORKER);
    return stop -> run.run(flink, options, stop);
  }

  private static Manifest manifest(Path file, String warehouse, String... settings) {
    return read(
        file,
        warehouse,
        Stream.concat(Stream.of(KPI_SETTINGS), Stream.of(settings)).toArray(String[]::new));
  }

  private static Manifest read(Path file, String warehouse, String... settings) {
    List<Setting> all = new ArrayList<>();
    all.add(new Setting("--warehouse", "warehouse", warehouse));
    Stream.of(settings).map(Setting::parse).forEach(all::add);
    return new ManifestReader(Map.of()).read(file, all);
  }

  private void refreshIntoSnowflake(Manifest job) {
    new BatchRun(
            new RunRequest(job, Optional.empty(), Optional.empty(), "test"),
            options(),
            environment(),
            Clock.systemUTC(),
            message -> {})
        .run();
  }

  private PipelineOptions options() {
    return new RunnerConfigReader(Map.of()).shipped("direct").toPipelineOptions(s3());
  }

  private Reconcile reconcile() {
    return new Reconcile(
        manifest(folder.resolve("landing/manifest.yaml"), uri),
        options(),
        environment(),
        Clock.systemUTC());
  }

  private List<Reconciliation.Missing> missing(Duration minAge) {
    return reconcile().compare(Duration.ofDays(13), minAge).stream()
        .flatMap(table -> table.missing().stream())
        .toList();
  }

  /** A live run in a thread of its own. */
  private record Following(StopRequest request, CompletableFuture<FollowSummary> summary)
      implements AutoCloseable {
    /** What needs no run. */
    static final Following NOTHING = new Following(new StopRequest(), new CompletableFuture<>());

    interface Work {
      FollowSummary until(StopRequest stop);
    }

    static Following start(Work work) {
      StopRequest stop = new StopRequest();
      return new Following(stop, CompletableFuture.supplyAsync(() -> work.until(stop)));
    }

    FollowSummary stop() throws Exception {
      request.request();
      return summary.get(1, TimeUnit.MINUTES);
    }

    /** Fails with the reason if the run has ended by itself. */
    void mustRun() {
      if (summary.isDone()) {
        throw new AssertionError("the run has ended: " + summary.join());
      }
    }

    @Override
    public void close() {
      request.request();
      summary.exceptionally(e -> null).orTimeout(1, TimeUnit.MINUTES).join();
    }
  }

  /** Without a job: files as one leaves them. */
  @Test
  void fileThatWasNeverLoadedIsNamedToSnowpipeAgain() throws Exception {
    Landing.generateForLiveJobs(folder.resolve("landing"), 10, 0);
    String row = "'r1','sales','sales/0:%d','BAD_DATE','parse',,'it''s \\ \n','\\N','json',''\n";
    String never = stagedFile(row.formatted(1));
    stagedFile(row.formatted(2));
    String broken = stagedFile("'too','few'\n");
    put("live/rejected_records_live/" + RUN + "/" + UUID.randomUUID() + "/.temp-beam/x", row);
    Reconcile reconcile = reconcile();
    List<Reconciliation> found = reconcile.compare(Duration.ofDays(13), Duration.ofMillis(1));
    assertThat(found.stream().mapToInt(Reconciliation::staged).sum(), is(3));
    assertThat(missing(Duration.ofMillis(1)).size(), is(3));
    assertThat("those on their way", missing(Duration.ofHours(1)), is(empty()));

    List<Reconciliation.Missing> left =
        reconcile.mend(found, Duration.ofSeconds(10)).stream()
            .flatMap(table -> table.missing().stream())
            .toList();

    assertThat(left.stream().map(Reconciliation.Missing::name).toList(), is(List.of(broken)));
    assertThat(left.get(0).error().orElse(""), not(is("")));
    assertThat(never, not(is(broken)));
    try (Connection connection = snowflake.connect(database, "AUTOPULSE_CORE")) {
      assertThat(
          WarehouseRows.of(
              connection, "select origin, field, message, raw, header from rejected_records_live"),
          is(
              List.of(
                  "origin=9:sales/0:1|field is null|message=8:it's \\ \n|raw=2:\\N|header=0:",
                  "origin=9:sales/0:2|field is null|message=8:it's \\ \n|raw=2:\\N|header=0:")));
    }
  }

  private static final String RUN = "r20240514_102030_00ff00";

  /** Stages a file of rejected records; returns its name from the pipe's location on. */
  private String stagedFile(String text) throws IOException {
    String name = RUN + "/" + UUID.randomUUID() + "/ab12-0-00000-of-00001.csv.gz";
    put("live/rejected_records_live/" + name, text);
    return name;
  }

  private void put(String key, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    try (S3Client s3 = snowflake.s3()) {
      s3.putObject(
          request -> request.bucket(SnowflakeEmulator.BUCKET).key(database + "/" + key),
          RequestBody.fromBytes(bytes.toByteArray()));
    }
  }

  @Test
  void whatSnowpipeRefusesIsToldBeforeTheStart() throws Exception {
    Path manifest = Landing.generateForLiveJobs(folder.resolve("landing"), 10, 0);
    String[] call = live(manifest.toString()).toArray(String[]::new);
    assertThat(
        refused(
            manifest,
            environment(
                "AUTOPULSE_SNOWFLAKE_PRIVATE_KEY_FILE",
                snowflake.keys().certificateKey().toString())),
        containsString("Snowflake does not take this key of user AUTOPULSE"));

    Map<String, String> password = environment("AUTOPULSE_SNOWFLAKE_PASSWORD", "correct horse");
    password.remove("AUTOPULSE_SNOWFLAKE_PRIVATE_KEY_FILE");
    assertThat(
        refused(manifest, password),
        containsString(
            "a live job writes by Snowpipe, which takes a key pair only, and AUTOPULSE logs in by password. Set AUTOPULSE_SNOWFLAKE_PRIVATE_KEY_FILE"));

    Map<String, String> noStage = environment();
    noStage.remove("AUTOPULSE_SNOWFLAKE_STAGE");
    assertThat(
        refused(manifest, noStage), containsString("AUTOPULSE_SNOWFLAKE_STAGE: it is not set"));

    try (SnowflakeSession session = new SnowflakeSession(snowflake.connect(database, "RAW"))) {
      session.run("drop pipe " + pipe);
    }
    assertThat(
        jar.run(call).mustExit(2).err(),
        allOf(
            containsString(
                "pipe "
                    + pipe
                    + ": there is no such pipe, or the default role of user AUTOPULSE may not use it. Run warehouse/snowflake/pipes.sql"),
            not(containsString("INFO"))));
    assertThat(
        jar.run("check", "--warehouse", uri).mustExit(2).out(),
        allOf(
            containsString("FAILED   pipe SALES_KPI_LIVE_PIPE  "),
            containsString("ok       pipe SALE_VERSIONS_LIVE_PIPE  running")));
    assertThat(
        jar.run("reconcile", manifest.toString(), "--warehouse", "duckdb:w.duckdb")
            .mustExit(2)
            .err(),
        containsString("files that a live job drops for DuckDB wait for the loader"));
  }

  /** Starts the live job in this process; returns why it does not start. */
  private String refused(Path manifest, Map<String, String> environment) {
    Following.Work job =
        follow(read(manifest, uri, liveSettings().toArray(String[]::new)), environment);
    return assertThrows(InputException.class, () -> job.until(new StopRequest())).getMessage();
  }

  private List<String> live(String manifest, String... options) {
    return run(manifest, List.of("job=live-topics", LIVE, "live.corrections=5200w"), options);
  }

  /** Returns a call, to which options of Beam may be added. */
  private List<String> run(String manifest, List<String> settings, String... options) {
    List<String> call = new ArrayList<>(List.of("run", manifest, "--warehouse", uri));
    settings.forEach(setting -> call.addAll(List.of("--set", setting)));
    call.addAll(List.of(options));
    call.add("--");
    call.addAll(s3());
    return call;
  }

  private List<String> s3() {
    return List.of("--awsRegion=us-east-1", "--endpoint=" + snowflake.s3Endpoint());
  }

  private Map<String, String> environment(String... more) {
    Map<String, String> environment = new HashMap<>(snowflake.environment());
    environment.put("AUTOPULSE_SNOWFLAKE_PRIVATE_KEY_FILE", snowflake.keys().plain().toString());
    environment.put("AUTOPULSE_SNOWFLAKE_STAGE", stage);
    environment.put("AUTOPULSE_SNOWFLAKE_INTEGRATION", SnowflakeEmulator.INTEGRATION);
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("AUTOPULSE_DEBUG", "1");
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  /** A question that the warehouse may not be able to answer yet. */
  private interface Condition {
    boolean holds() throws SQLException;
  }

  private static boolean await(Following run, Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      if (condition.holds()) {
        return true;
      }
      run.mustRun();
      AutopulseJar.pause(500);
    }
    return false;
  }

  private boolean awaitEqual(Following run, String... relations) throws Exception {
    Map<String, List<String>> wanted = new HashMap<>();
    for (String relation : relations) {
      wanted.put(relation, batch(relation));
    }
    return await(
        run,
        () -> {
          for (Map.Entry<String, List<String>> relation : wanted.entrySet()) {
            // Counting is cheap while rows are on their way.
            if (count("select count(*) from " + relation.getKey()) != relation.getValue().size()
                || !rows(relation.getKey()).equals(relation.getValue())) {
              return false;
            }
          }
          return true;
        });
  }

  private String difference() throws SQLException {
    StringBuilder text = new StringBuilder();
    for (String relation : List.of("sales_kpi_current", "sale_versions_all")) {
      List<String> live = rows(relation);
      List<String> batch = batch(relation);
      text.append(relation).append(": ").append(live.size()).append(" of ").append(batch.size());
      text.append('\n');
      List<String> missing = new ArrayList<>(batch);
      missing.removeAll(new HashSet<>(live));
      missing.stream().limit(3).forEach(row -> text.append("missing ").append(row).append('\n'));
      List<String> extra = new ArrayList<>(live);
      extra.removeAll(new HashSet<>(batch));
      extra.stream().limit(3).forEach(row -> text.append("extra ").append(row).append('\n'));
    }
    return text.toString();
  }

  private static String query(String relation) {
    return (relation.startsWith("sales_kpi") ? KPIS : ALL_BUT_RUN).formatted(relation);
  }

  private List<String> rows(String relation) throws SQLException {
    try (Connection connection = snowflake.connect(database, "AUTOPULSE_CORE")) {
      return WarehouseRows.of(connection, query(relation));
    }
  }

  /** What the refresh published to DuckDB: there no view is needed. */
  private List<String> batch(String relation) throws SQLException {
    try (Connection connection = PublishedTables.open(folder.resolve("batch.duckdb"))) {
      return WarehouseRows.of(connection, query(relation.replaceAll("_(current|all)$", "")));
    }
  }

  private long count(String sql) throws SQLException {
    try (Connection connection = snowflake.connect(database, "AUTOPULSE_CORE");
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
