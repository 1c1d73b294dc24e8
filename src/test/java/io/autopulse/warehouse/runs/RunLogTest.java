package io.autopulse.warehouse.runs;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.sink.publish.StagedRun;
import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
  // The process of these tests started before this, so that a run of its own may have started then.
  private final Instant started = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  @TempDir private Path directory;

  private DuckDbWarehouse warehouse;
  private Connection connection;
  private RunLog log;

  @BeforeEach
  void openWarehouse() throws IOException {
    Path file = MigratedFile.at(directory.resolve("test.duckdb"));
    warehouse = DuckDbWarehouse.open(file, DuckDbSettings.RUN);
    connection = warehouse.connect();
    log = new RunLog(warehouse, Clock.fixed(started.plusSeconds(5), ZoneOffset.UTC));
  }

  @AfterEach
  void closeWarehouse() throws SQLException {
    connection.close();
    warehouse.close();
  }

  @Test
  void runThatStartsIsRunningInThisProcess() throws SQLException {
    log.start(run("r1", StagedRun.MAY));
    log.start(run("r2", BusinessInterval.ALL));

    assertThat(
        rows(
            "select run_id, job, status, interval_from, interval_to, ended_at, process_id, autopulse_version, runner, message from load_runs order by 1"),
        contains(
            "r1|daily-refresh|RUNNING|2024-05-01|2024-06-01|null|%d|0.1.0|direct|null"
                .formatted(ProcessHandle.current().pid()),
            "r2|daily-refresh|RUNNING|null|null|null|%d|0.1.0|direct|null"
                .formatted(ProcessHandle.current().pid())));
    assertThat(
        rows("select distinct host from load_runs"), contains(RunningProcess.current().host()));
  }

  @Test
  void runIdIsUsedOnce() {
    log.start(run("r1", StagedRun.MAY));
    InputException refused =
        assertThrows(InputException.class, () -> log.start(run("r1", StagedRun.MAY)));
    assertThat(
        refused.getMessage(),
        is("run r1: there is a run of that id. A new run needs a new run id"));
  }

  @Test
  void runThatFailsSaysWhy() throws SQLException {
    log.start(run("r1", StagedRun.MAY));
    log.fail("r1", "it's \"broken\"; drop table sales");
    assertThat(
        rows("select status, seconds, message from load_runs"),
        contains("FAILED|5.000|it's \"broken\"; drop table sales"));
  }

  @Test
  void runThatEndedAlreadyDoesNotFail() throws SQLException {
    log.start(run("r1", StagedRun.MAY));
    connection.createStatement().execute("update load_runs set status = 'REJECTED'");
    log.fail("r1", "late");
    assertThat(rows("select status, message from load_runs"), contains("REJECTED|null"));
  }

  @Test
  void publishedRunKeepsWhatItsStartLogged() throws SQLException {
    log.start(run("r1", StagedRun.MAY));
    StagedRun.may(connection, "r1").publish();
    assertThat(
        rows(
            "select status, process_id, started_at = timestamp '%s' from load_runs"
                .formatted(SqlNames.utc(started))),
        contains("PUBLISHED|%d|true".formatted(ProcessHandle.current().pid())));
  }

  @Test
  void runsWhoseProcessIsGoneAreAbandoned() throws SQLException, IOException, InterruptedException {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    String here = RunningProcess.current().host();
    running("gone", here, gone.pid(), started);
    running("other_machine", "elsewhere", gone.pid(), started);
    running("living", here, ProcessHandle.current().pid(), started);
    // The same process id, an hour before this process was born: another process had it.
    Instant before = ProcessHandle.current().info().startInstant().orElseThrow().minusSeconds(3600);
    running("same_id", here, ProcessHandle.current().pid(), before);

    List<String> abandoned = log.start(run("r1", StagedRun.MAY));

    assertThat(abandoned, contains("same_id", "gone"));
    assertThat(
        rows("select run_id, status, message from load_runs where run_id <> 'r1' order by 1"),
        contains(
            "gone|ABANDONED|process %d ended without a word".formatted(gone.pid()),
            "living|RUNNING|null",
            "other_machine|RUNNING|null",
            "same_id|ABANDONED|process %d ended without a word"
                .formatted(ProcessHandle.current().pid())));
    assertThat(log.start(run("r2", StagedRun.MAY)), is(empty()));
  }

  private void running(String runId, String host, long processId, Instant startedAt)
      throws SQLException {
    connection
        .createStatement()
        .execute(
            "insert into load_runs (run_id, job, status, started_at, host, process_id) values ('%s', 'j', 'RUNNING', timestamp '%s', '%s', %d)"
                .formatted(runId, SqlNames.utc(startedAt), host, processId));
  }

  private RunStart run(String runId, BusinessInterval interval) {
    return new RunStart(runId, "daily-refresh", interval, started, "direct", "0.1.0");
  }

  private List<String> rows(String sql) throws SQLException {
    return StagedRun.rows(connection, sql);
  }
}
