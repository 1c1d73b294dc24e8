package io.autopulse.it.operations;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autopulse.cli.InProcessCli;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.operations.schedule.Heartbeat;
import io.autopulse.operations.schedule.Heartbeats;
import io.autopulse.operations.schedule.Outcome;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.AutopulseJar.Call;
import io.autopulse.testing.AutopulseJar.Result;
import io.autopulse.testing.Landing;
import io.autopulse.testing.Nightly;
import io.autopulse.testing.PublishedTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A month of scheduled jobs before and after the change of clocks on 2024-03-31: late sales, a full
 * disk, an export that fails its audit, a file that is no CSV, a killed job, and a scheduler that
 * is down for the three days around the change. In each build its last week, steps in this JVM but
 * for those that a disk or a kill ends; nightly all of it, by the shipped commands of the jar.
 */
class ScheduledMonthIT {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final LocalDate LAST = LocalDate.of(2024, 4, 2);
  private static final LocalDate FIRST = LAST.minusDays(Nightly.size(7, 32));
  private static final LocalDate FULL_DISK = LocalDate.of(2024, 3, 27);
  private static final LocalDate FAILED_AUDIT = LocalDate.of(2024, 3, 28);
  private static final LocalDate BROKEN_FILE_AND_KILL = LocalDate.of(2024, 3, 29);
  private static final List<LocalDate> DOWN =
      List.of(LocalDate.of(2024, 3, 30), LocalDate.of(2024, 3, 31), LocalDate.of(2024, 4, 1));

  /** Less than what a run stages. */
  private static final int KIBIBYTES = 16;

  private static final String READS = "  reading";
  private static final String PUBLISHES = "auditing and publishing";

  private static final String HIDDEN = "c4Pq-of-the-environment";

  private static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Map<String, String> TABLES =
      Map.of(
          "trend_features", "run_id",
          "market_registrations_history", "run_id",
          "fuel_prices_history", "run_id",
          "market_attention_history", "run_id");

  @TempDir Path folder;
  private Path landing;
  private Path warehouse;
  private Path state;
  private AutopulseJar jar;

  @BeforeEach
  void prepare() throws IOException {
    landing = folder.resolve("landing");
    warehouse = folder.resolve("month.duckdb");
    state = folder.resolve("state");
    Path generated = folder.resolve("generated");
    // From a Monday: the first refresh covers its month, and no week that begins before that.
    Landing.generate(
        GenerateSpec.into(generated)
            .withVersions(Nightly.size(1_500, 6_000))
            .withSizes(Nightly.size(4, 8), Nightly.size(6, 12), 2)
            .withPeriod(
                new BusinessInterval(
                    Nightly.runs() ? LocalDate.of(2024, 1, 1) : LocalDate.of(2024, 2, 5), LAST)));
    for (String feed :
        List.of("vehicles", "dealers", "registrations", "fuel_prices", "attention", "social")) {
      copy(generated.resolve(feed), landing.resolve(feed));
    }
    Files.createDirectories(landing.resolve("sales"));
    copy(ROOT.resolve("pipelines"), folder.resolve("pipelines"));
    if (!Nightly.runs()) {
      Path jobs = folder.resolve("pipelines/jobs.yaml");
      Files.writeString(jobs, forThisJvm(Files.readString(jobs)));
    }
    Map<String, String> environment = new HashMap<>();
    environment.put("AUTOPULSE_LANDING", landing.toString());
    environment.put("AUTOPULSE_WAREHOUSE", "duckdb:" + warehouse);
    environment.put("AUTOPULSE_STATE", state.toString());
    for (String secret :
        List.of("AUTOPULSE_ALERT_TOKEN", "AUTOPULSE_SNOWFLAKE_TOKEN", "RD_TOKEN")) {
      environment.put(secret, HIDDEN);
    }
    environment.put("AUTOPULSE_HOME", ROOT.resolve("target/python/marts").toString());
    jar = AutopulseJar.in(folder).with(environment);
  }

  @Test
  void monthOfJobsIsTheSameAsOneCleanBatch() throws Exception {
    try (Deliveries deliveries = new Deliveries(folder.resolve("generated"), landing, LAST)) {
      LocalDate before = LocalDate.EPOCH;
      for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
        deliveries.deliver(before, day);
        before = day;
        if (!DOWN.contains(day)) {
          run(day, deliveries);
        }
      }
    }
    if (Nightly.runs()) {
      job("marts", LAST, 8).mustExit(0);
    }

    assertThat(contents(warehouse), is(contents(cleanBatch())));
    assertThat(
        query(
            "select status, count(*) from load_runs where status in ('REJECTED', 'ABANDONED') group by all order by 1"),
        is(List.of("ABANDONED|1", "REJECTED|1")));
    assertThat(
        "one forecast of each week, none twice",
        query("select as_of, vintage from forecast_vintages order by 1, 2"),
        is(sundays().map(sunday -> sunday + "|1").toList()));
    assertHeartbeats();
    assertThat(new WrittenFiles(folder).with(HIDDEN), is(empty()));
  }

  /** What a scheduler starts on a day, and what befalls it. */
  private void run(LocalDate day, Deliveries deliveries) throws Exception {
    if (Nightly.runs() && (day.equals(FIRST) || day.getDayOfWeek() == DayOfWeek.MONDAY)) {
      job("market-sync", day, 5).mustExit(0);
    }
    if (day.equals(FULL_DISK)) {
      Path staging = Files.createDirectories(folder.resolve("month.duckdb.staging"));
      fill(day, FullDisk.in(staging, KIBIBYTES), READS);
      if (Nightly.runs()) {
        fill(day, FullDisk.later(), PUBLISHES);
      }
    } else if (day.equals(FAILED_AUDIT)) {
      deliveries.deliverWithoutPrices(day, "again.csv");
      Result failed = job("daily-refresh", day, 5).mustExit(3);
      assertThat(failed.out(), containsString("outcome=FAILED exit=3 attempts=1"));
      deliveries.deliverAgain(day, "again.csv");
    } else if (day.equals(BROKEN_FILE_AND_KILL)) {
      Path picture = Files.write(landing.resolve("sales/scan.csv"), new byte[] {'P', 'K', 3, 4, 0});
      assertThat(job("daily-refresh", day, 5).mustExit(2).err(), containsString("scan.csv"));
      Files.delete(picture);
      kill(day);
    }
    Result refreshed = job("daily-refresh", day, 6).mustExit(0);
    assertThat(refreshed.out(), containsString("outcome=SUCCEEDED exit=0 attempts=1 run_id=r"));
    boolean mondayIsDue = day.getDayOfWeek() == DayOfWeek.MONDAY || day.equals(LAST);
    if (mondayIsDue) {
      job("weekly-trends", day, 7).mustExit(0);
      job("weekly-forecast", day, 7).mustExit(0);
    }
  }

  /** Starts a job on a disk that is full before it has written all; readers see what they saw. */
  private void fill(LocalDate day, FullDisk disk, String moment) throws Exception {
    PublishedTables before = PublishedTables.of(warehouse);
    Call call = jar.startBy(disk.launcher(), refresh(day));
    assertThat(call.awaitErr(moment), is(true));
    disk.fill(call.process().descendants().toList());
    Result failed = said(call.await()).mustExit(2);
    assertThat(failed.err(), containsString(disk.says()));
    assertThat(failed.out(), containsString("outcome=FAILED exit=2 attempts=1"));
    Heartbeat heartbeat = new Heartbeats(state).latest("daily-refresh").orElseThrow();
    assertThat(heartbeat.message(), containsString(disk.says()));
    assertThat(PublishedTables.of(warehouse), is(before));
  }

  /** Kills a job while its step reads; the step ends with it, and the heartbeat tells. */
  private void kill(LocalDate day) throws Exception {
    Call call = jar.start(refresh(day));
    assertThat(call.awaitErr(READS), is(true));
    List<ProcessHandle> steps = call.process().descendants().toList();
    assertThat(steps, is(not(empty())));
    assertThat("the job was running", call.kill(), is(true));
    for (ProcessHandle step : steps) {
      step.onExit().get();
    }
    Heartbeat killed = new Heartbeats(state).latest("daily-refresh").orElseThrow();
    assertThat(killed.outcome(), is(Outcome.FAILED));
    assertThat(killed.message(), containsString("is gone"));
  }

  private void assertHeartbeats() {
    Map<LocalDate, Outcome> outcomes = new TreeMap<>();
    for (Heartbeat heartbeat : new Heartbeats(state).of("daily-refresh")) {
      assertThat(LocalTime.ofInstant(heartbeat.due(), PARIS), is(LocalTime.of(5, 0)));
      outcomes.put(LocalDate.ofInstant(heartbeat.due(), PARIS), heartbeat.outcome());
    }
    Map<LocalDate, Outcome> expected = new TreeMap<>();
    for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
      expected.put(day, DOWN.contains(day) ? Outcome.SKIPPED : Outcome.SUCCEEDED);
    }
    assertThat(outcomes, is(expected));
  }

  private Result job(String name, LocalDate day, int hour) {
    List<String> words = new ArrayList<>(List.of(name));
    words.addAll(options(day, hour));
    if (Nightly.runs()) {
      words.add(0, "job");
      return said(jar.run(words.toArray(String[]::new)));
    }
    return InProcessCli.runJob(words.toArray(String[]::new));
  }

  private static Result said(Result result) {
    assertThat(result.out() + result.err(), not(containsString(HIDDEN)));
    return result;
  }

  private String[] refresh(LocalDate day) {
    List<String> words = new ArrayList<>(List.of("job", "daily-refresh"));
    words.addAll(options(day, 5));
    return words.toArray(String[]::new);
  }

  private List<String> options(LocalDate day, int hour) {
    return List.of(
        "--at",
        day.atTime(hour, 0).atZone(PARIS).toInstant().toString(),
        "--back-off",
        "1s",
        "--jobs",
        folder.resolve("pipelines/jobs.yaml").toString());
  }

  /** All that was delivered, at once, and nothing before. */
  private Path cleanBatch() {
    Path clean = folder.resolve("clean.duckdb");
    String lookback = "lookback=all";
    if (Nightly.runs()) {
      jar = jar.with(replaced(jar.environment(), "AUTOPULSE_WAREHOUSE", "duckdb:" + clean));
      jar.succeed("run", "pipelines/market-data.yaml");
      jar.succeed("run", "pipelines/daily-refresh.yaml", "--set", lookback);
      jar.succeed("run", "pipelines/trend-features.yaml");
    } else {
      List<String> refresh = new ArrayList<>(List.of("run"));
      refresh.addAll(words("daily-refresh.yaml", clean));
      refresh.addAll(List.of("--set", lookback));
      InProcessCli.succeed(refresh.toArray(String[]::new));
      List<String> trends = new ArrayList<>(List.of("run"));
      trends.addAll(words("trend-features.yaml", clean));
      InProcessCli.succeed(trends.toArray(String[]::new));
    }
    return clean;
  }

  private static Map<String, String> replaced(
      Map<String, String> environment, String name, String value) {
    Map<String, String> other = new HashMap<>(environment);
    other.put(name, value);
    return other;
  }

  /** The shipped jobs, whose manifests and variables are named in the calls. */
  private String forThisJvm(String jobs) {
    String own = jobs.replaceFirst("\\$\\{AUTOPULSE_STATE:-operations}", state.toString());
    for (String manifest :
        List.of("daily-refresh.yaml", "trend-features.yaml", "weekly-forecast.yaml")) {
      String words =
          String.join(
              ", ", words(manifest, warehouse).stream().map(word -> '"' + word + '"').toList());
      own = own.replace("pipelines/" + manifest, words);
    }
    return own;
  }

  private List<String> words(String manifest, Path database) {
    List<String> words =
        new ArrayList<>(
            List.of(
                folder.resolve("pipelines").resolve(manifest).toString(),
                "--runner-config",
                "direct",
                "--warehouse",
                "duckdb:" + database));
    List<String> settings =
        switch (manifest) {
          case "daily-refresh.yaml" ->
              Stream.of("sales", "vehicles", "dealers")
                  .map(feed -> "feeds.%s.from.path=%s/%s/*.csv".formatted(feed, landing, feed))
                  .toList();
          case "trend-features.yaml" -> List.of("trends.dimensions=[total, region]");
          default ->
              List.of(
                  "forecast.dimensions=[total, region]",
                  "forecast.horizon=2",
                  "forecast.windows=3");
        };
    settings.forEach(setting -> words.addAll(List.of("--set", setting)));
    return words;
  }

  private static Map<String, String> contents(Path database) {
    Map<String, String> contents = new TreeMap<>(PublishedTables.of(database).contents());
    TABLES.forEach(
        (table, own) ->
            contents.put(
                table,
                PublishedTables.query(
                        database,
                        "select count(*) || ' rows ' || coalesce(sum(hash(t)), 0) from (select * exclude (%s) from %s) as t"
                            .formatted(own, table))
                    .get(0)));
    return contents;
  }

  private List<String> query(String sql) {
    return PublishedTables.query(warehouse, sql);
  }

  private static Stream<LocalDate> sundays() {
    return FIRST.datesUntil(LAST).filter(day -> day.getDayOfWeek() == DayOfWeek.SUNDAY);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
