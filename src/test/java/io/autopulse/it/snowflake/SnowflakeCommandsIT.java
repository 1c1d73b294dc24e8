package io.autopulse.it.snowflake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autopulse.operations.schedule.Heartbeat;
import io.autopulse.operations.schedule.Heartbeats;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.Nightly;
import io.autopulse.testing.snowflake.SharedSnowflake;
import io.autopulse.testing.snowflake.SnowflakeEmulator;
import io.autopulse.testing.snowflake.SnowflakeSession;
import io.autopulse.warehouse.table.CoreTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the jar that need no manifest, on the emulator. */
@ExtendWith(SharedSnowflake.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SnowflakeCommandsIT {
  private static final String URI = "snowflake://EMULATED/SNOWFLAKECOMMANDSIT/AUTOPULSE_CORE";

  @TempDir Path folder;

  private SnowflakeEmulator snowflake;
  private Map<String, String> environment;

  @BeforeEach
  void makeDatabase(SnowflakeEmulator shared) throws SQLException {
    snowflake = shared;
    snowflake.connect("SNOWFLAKECOMMANDSIT", "RAW").close();
    environment = snowflake.environment();
    environment.put("AUTOPULSE_SNOWFLAKE_PRIVATE_KEY_FILE", snowflake.keys().pbes2().toString());
    environment.put("AUTOPULSE_SNOWFLAKE_PRIVATE_KEY_PASSPHRASE", snowflake.keys().passphrase());
  }

  @Test
  void migrateSqlAndRunsWorkAsOnDuckDb() throws SQLException {
    AutopulseJar.Result migrated = jar().succeed("migrate", "--warehouse", URI);
    assertThat(migrated.out(), containsString(URI + " is at version 15\n"));
    assertThat(migrated.err(), is(""));

    try (SnowflakeSession session =
        new SnowflakeSession(snowflake.connect("SNOWFLAKECOMMANDSIT", "AUTOPULSE_CORE"))) {
      session.run(
          "delete from load_runs",
          "insert into load_runs (run_id, job, status, interval_from, interval_to, started_at, ended_at, seconds, host, process_id, autopulse_version, runner, message) values ('r1', 'daily-refresh', 'PUBLISHED', '2024-05-01', '2024-06-01', '2024-03-31 02:30:00', '2024-03-31 02:30:12.345', 12.345, 'h', 42, '0.1.0', 'direct', null)",
          "delete from load_run_feeds",
          "insert into load_run_feeds values ('r1', 'sales', 10, 8, 2, 0, 1, 0, 7, 0, 0)");
    }
    AutopulseJar.Result runs = jar().succeed("runs", "--format", "csv", "--warehouse", URI);
    assertThat(
        runs.out().lines().toList(),
        contains(
            "run_id,job,status,interval_from,interval_to,started_at,seconds,read,rejected,published,message",
            "r1,daily-refresh,PUBLISHED,2024-05-01,2024-06-01,2024-03-31 02:30:00,12.345,10,2,7,"));
    assertThat(runs.err(), is(""));
    assertThat(
        jar().succeed("runs", "r1", "--warehouse", URI).out(), containsString("sales    10"));
    assertThat(
        jar().succeed("runs", "r1", "--format", "json", "--warehouse", URI).out(),
        containsString(
            "{\"section\":\"feed\",\"item\":\"sales\",\"field\":\"published\",\"value\":\"7\"}"));
    assertThat(
        jar()
            .succeed(
                "sql",
                "select started_at, interval_from, seconds from load_runs",
                "--format",
                "csv",
                "--warehouse",
                URI)
            .out(),
        is("STARTED_AT,INTERVAL_FROM,SECONDS\r\n2024-03-31 02:30:00,2024-05-01,12.345\r\n"));

    AutopulseJar.Result refused = jar().run("sql", "delete from load_runs", "--warehouse", URI);
    assertThat(refused.mustExit(2).err(), containsString("the warehouse is read-only here"));
    AutopulseJar.Result wrong = jar().run("sql", "select nothing from sales", "--warehouse", URI);
    assertThat(wrong.mustExit(2).err(), containsString("error: sql: "));
  }

  @Test
  void healthFindsTheSameAsOnDuckDb() throws Exception {
    jar().succeed("migrate", "--warehouse", URI);
    try (SnowflakeSession session =
        new SnowflakeSession(snowflake.connect("SNOWFLAKECOMMANDSIT", "AUTOPULSE_CORE"))) {
      session.run(
          "delete from load_runs",
          "delete from load_run_feeds",
          "insert into load_runs (run_id, job, status, started_at, ended_at, seconds, host, process_id, autopulse_version, runner, message) values ('h1', 'daily-refresh', 'PUBLISHED', '2026-03-02 04:00:00', '2026-03-02 04:01:00', 60, 'h', 42, '1', 'direct', null), ('h2', 'daily-refresh', 'REJECTED', '2026-03-03 04:00:00', '2026-03-03 04:01:00', 60, 'h', 43, '1', 'direct', 'audits failed')",
          "insert into load_run_feeds values ('h1', 'sales', 1000, 990, 10, 0, 0, 0, 990, 0, 0), ('h2', 'sales', 1000, 700, 300, 0, 0, 0, 700, 0, 0)",
          "insert into load_run_audits values ('h2', 'rejected-share', false, 'at most a tenth')",
          "insert into sale_versions (sale_id, updated_at, sequence, status, sold_at, sold_on, make, model, segment, powertrain, dealer_id, region, net_price, currency, run_id) values ('S1', '2026-03-04 09:00:00', 0, 'SOLD', '2026-03-02 09:00:00', '2026-03-02', 'RENAULT', 'CLIO', 'SMALL', 'ICE', 'D1', 'NORTH', 20000, 'EUR', 'h1')",
          "insert into fuel_prices (day, region, fuel, average_price, minimum_price, maximum_price, stations, run_id) values ('2026-02-20', 'ALL', 'DIESEL', 1.7, 1.6, 1.8, 90, 'm')");
    }
    Files.writeString(
        folder.resolve("jobs.yaml"),
        """
        timezone: Europe/Paris
        state: state
        jobs:
          data-health: {description: Looks., steps: [[health]], timeout: 15m}
        """);
    AutopulseJar.Result health =
        jar()
            .run(
                "health",
                "--warehouse",
                URI,
                "--jobs",
                "jobs.yaml",
                "--at",
                "2026-03-03T06:30:00Z",
                "--format",
                "prometheus");
    String out = health.mustExit(3).out();
    assertThat(health.err(), is(""));
    assertThat(
        out.lines().filter(line -> line.startsWith("autopulse_incident_followed")).toList(),
        contains(
            "autopulse_incident_followed{severity=\"error\",subject=\"feed:fuel_prices\",symptom=\"feed-late\"} 0",
            "autopulse_incident_followed{severity=\"error\",subject=\"feed:sales\",symptom=\"rejected-share\"} 2"));
    assertThat(
        out,
        containsString("autopulse_rejected_ratio{feed=\"sales\",run=\"daily-refresh\"} 0.3\n"));
    assertThat(out, containsString("autopulse_failed_audits{run=\"daily-refresh\"} 1\n"));
    assertThat(out, containsString("autopulse_pipe_failed_files 0\n"));
  }

  @Test
  void checkPassesAfterMigration() {
    jar().succeed("migrate", "--warehouse", URI);
    environment.put("AUTOPULSE_SNOWFLAKE_STAGE", "s3://staging/check/");
    environment.put("AUTOPULSE_SNOWFLAKE_INTEGRATION", SnowflakeEmulator.INTEGRATION);
    for (int i = 0; i < 2; i++) {
      AutopulseJar.Result checked =
          jar().run("check", "--warehouse", URI + "?warehouse=LOAD_WH&role=LOADER");
      assertThat(
          checked.mustExit(0).out().replaceAll("STG_AUTOPULSE_CHECK__\\w+", "TABLE"),
          is(
              """
              ok       login           AUTOPULSE by key pair at http://127.0.0.1:%d
              ok       role            LOADER
              ok       warehouse       LOAD_WH, which answered
              ok       schema          SNOWFLAKECOMMANDSIT.AUTOPULSE_CORE
              ok       schema version  no migration is pending
              ok       create table    made, filled and dropped TABLE
              ok       core tables     %d may be read, added to and deleted from
              ok       stage           wrote and read a file in s3://staging/check/autopulse-check/
              skipped  pipes           there are none that this role may see; a live job needs those of pipes.sql
              """
                  .formatted(snowflake.port(), CoreTable.values().length)));
      assertThat(checked.err(), is(""));
    }
  }

  @Test
  void checkTellsEachThingThatFails() throws SQLException {
    snowflake.connect("SNOWFLAKECOMMANDSIT_EMPTY", "AUTOPULSE_CORE").close();
    String empty = URI.replace("SIT/", "SIT_EMPTY/");
    environment.put("AUTOPULSE_SNOWFLAKE_STAGE", "s3://staging/check/");
    environment.put("AUTOPULSE_SNOWFLAKE_INTEGRATION", "NONE_SUCH");
    String out = jar().run("check", "--warehouse", empty).mustExit(2).out();
    assertThat(
        out,
        containsString(
            "FAILED   schema version  migrations are pending: 1 core tables, 2 live kpis, 3 market history, 4 pipe tables, 5 trends, 6 live market, 7 equal moments, 8 withdrawn registrations, 9 live runs, 10 skipped rows, 11 forecasts, 12 vehicle history, 13 forecast parts, 14 sales targets, 15 run inputs. Apply them: autopulse migrate\n"));
    assertThat(out, containsString("skipped  core tables     their version is another\n"));
    assertThat(out, containsString("FAILED   stage           "));
    assertThat(
        out,
        containsString(
            "Integration 'NONE_SUCH' does not exist or not authorized. Compare the bucket"));

    String absent =
        jar().run("check", "--warehouse", URI.replace("SIT/", "SIT_NONE/")).mustExit(2).out();
    assertThat(absent, containsString("ok       login"));
    assertThat(absent, containsString("FAILED   schema          "));
    assertThat(absent, containsString("skipped  create table    the schema is not there\n"));
  }

  @Test
  void checkWithTheWrongKeyEndsAtTheLogin() {
    environment.put(
        "AUTOPULSE_SNOWFLAKE_PRIVATE_KEY_FILE", snowflake.keys().certificateKey().toString());
    AutopulseJar.Result checked = jar().run("check", "--warehouse", URI);
    String out = checked.mustExit(2).out();
    assertThat(
        out,
        containsString(
            "FAILED   login           "
                + URI
                + ": Snowflake does not take this key of user AUTOPULSE. Give the user the key's public half"));
    assertThat(out, containsString("skipped  stage           there is no login\n"));

    AutopulseJar.Result sql = jar().run("sql", "select 1", "--warehouse", URI);
    assertThat(
        sql.mustExit(2).err(),
        containsString("Snowflake does not take this key of user AUTOPULSE"));
    assertThat(sql.err(), not(containsString("Exception")));
  }

  @Test
  void jobIsRepeatedForACauseThatMayPassAndForNoOther() throws Exception {
    jar().succeed("migrate", "--warehouse", URI);
    Files.writeString(
        folder.resolve("jobs.yaml"),
        """
        timezone: Europe/Paris
        state: state
        jobs:
          look: {description: Looks., steps: [[runs, --warehouse, "%s"]], timeout: 5m, retries: 1}
          wrong: {description: Runs nothing., steps: [[run, absent.yaml]], timeout: 5m, retries: 1}
        """
            .formatted(URI));
    snowflake.lockBefore("load_runs");
    snowflake.lockBefore("load_runs");
    AutopulseJar.Result locked = job("look").mustExit(4);
    assertThat(
        ends(locked),
        contains("outcome=FAILED exit=4 attempts=1", "outcome=FAILED exit=4 attempts=2"));
    Heartbeat heartbeat = new Heartbeats(folder.resolve("state")).latest("look").orElseThrow();
    assertThat(heartbeat.exitCode(), is(4));
    assertThat(heartbeat.attempts(), is(2));
    assertThat(heartbeat.message(), containsString("A fault of the test before load_runs"));

    // The driver itself tries for 20 seconds.
    for (int status : Nightly.runs() ? new int[] {429, 503} : new int[] {503}) {
      snowflake.answerStatements(status);
      AutopulseJar.Result busy = jar().run("runs", "--warehouse", URI).mustExit(4);
      assertThat(busy.err(), containsString("HTTP status=" + status));
    }
    snowflake.withdrawFaults();

    assertThat(ends(job("look").mustExit(0)), contains("outcome=SUCCEEDED exit=0 attempts=1"));
    AutopulseJar.Result wrong = job("wrong").mustExit(2);
    assertThat(ends(wrong), contains("outcome=FAILED exit=2 attempts=1"));
    assertThat(wrong.err(), containsString("absent.yaml"));
  }

  @Test
  void keyThatIsChangedInItsFileCountsAtTheNextStart() throws Exception {
    jar().succeed("migrate", "--warehouse", URI);
    Path key = folder.resolve("loader.p8");
    Files.copy(snowflake.keys().certificateKey(), key);
    environment.put("AUTOPULSE_SNOWFLAKE_PRIVATE_KEY_FILE", key.toString());
    Files.writeString(
        folder.resolve("jobs.yaml"),
        """
        timezone: Europe/Paris
        state: state
        jobs:
          look: {description: Looks., steps: [[runs, --warehouse, "%s"]], timeout: 5m, retries: 1}
        """
            .formatted(URI));
    AutopulseJar.Result refused = job("look").mustExit(2);
    assertThat(refused.err(), containsString("Snowflake does not take this key of user AUTOPULSE"));
    assertThat("it is not tried again", ends(refused).size(), is(1));
    Files.copy(snowflake.keys().pbes2(), key, StandardCopyOption.REPLACE_EXISTING);
    job("look").mustExit(0);
  }

  private AutopulseJar.Result job(String name) {
    return jar().run("job", name, "--jobs", "jobs.yaml", "--back-off", "1s");
  }

  /** How the attempts of a job ended, from the lines that log filters read. */
  private static List<String> ends(AutopulseJar.Result job) {
    return job.out()
        .lines()
        .filter(line -> line.startsWith("autopulse job="))
        .map(line -> line.replaceFirst(".* (outcome=.*) run_id=.*", "$1"))
        .toList();
  }

  private AutopulseJar jar() {
    return AutopulseJar.in(folder).with(environment);
  }
}
