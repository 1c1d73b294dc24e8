package io.autopulse.sink.live;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.sink.publish.StagedRun;
import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import io.autopulse.warehouse.runs.RunLog;
import io.autopulse.warehouse.runs.RunStart;
import io.autopulse.warehouse.runs.RunningProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveRunsTest {
  private static final Set<LiveTable> SALES = LiveTable.OF_SALES;

  // The process of these tests started before this, so that a run of its own may have started then.
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  @TempDir private Path directory;

  private DuckDbWarehouse warehouse;
  private LiveRuns runs;
  private int starts;

  @BeforeEach
  void open() throws IOException {
    warehouse =
        DuckDbWarehouse.open(MigratedFile.at(directory.resolve("test.duckdb")), DuckDbSettings.RUN);
    runs = new LiveRuns(warehouse, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  @Test
  void secondJobOfSalesIsRefusedWhileTheFirstRuns() {
    start("r1", "one", SALES, anew("r1"), false);

    String refused = refusal("r2", "two", SALES, anew("r2"));

    assertThat(refused, containsString("sales_kpi_live is written by run r1 of the live job one"));
    assertThat(
        refused,
        containsString(
            "process %d on %s, since "
                .formatted(ProcessHandle.current().pid(), RunningProcess.current().host())));
    assertThat(refused, containsString("end that one, or name another warehouse"));
    // The same job in another folder has another state.
    assertThat(refusal("r3", "one", SALES, anew("r3")), containsString("run r1"));
    assertThat(refusal("r4", "two", LiveTable.OF_TRENDS, anew("r4")), containsString("run r1"));
  }

  @Test
  void jobOfMarketDataRunsBesideOneOfSales() {
    start("r1", "sales", SALES, anew("r1"), false);
    start("r2", "market", LiveTable.OF_MARKET, anew("r2"), false);
    end("r1");
    start("r3", "sales", SALES, goesOn("r1"), false);
    end("r2");
    start("r4", "market", LiveTable.OF_MARKET, goesOn("r2"), false);
  }

  @Test
  void anotherJobMayBeginWhenTheFirstHasEndedAndTheFirstMayNotGoOnThen() {
    start("r1", "one", SALES, anew("r1"), false);
    end("r1");
    start("r2", "two", SALES, anew("r2"), false);
    end("r2");

    assertThat(
        refusal("r3", "one", SALES, goesOn("r1")),
        containsString(
            "run r2 of the live job two has written sales_kpi_live since, and the checkpoints do not know what it computed"));
    start("r4", "two", SALES, goesOn("r2"), false);
    end("r4");
    start("r5", "one", SALES, anew("r5"), false);
  }

  @Test
  void stateDoesNotGoOnIntoAWarehouseThatLacksWhatItComputed() throws IOException {
    start("r1", "one", SALES, anew("r1"), false);
    warehouse.close();
    warehouse =
        DuckDbWarehouse.open(MigratedFile.at(directory.resolve("new.duckdb")), DuckDbSettings.RUN);
    runs = new LiveRuns(warehouse, Clock.systemUTC());

    String refused = refusal("r2", "one", SALES, goesOn("r1"));

    assertThat(refused, containsString("new.duckdb: the job's state has never written to this"));
    assertThat(refused, containsString("start anew: move the job's checkpoints away"));
    start("r3", "one", SALES, anew("r3"), false);
  }

  @Test
  void runWhoseProcessIsGoneHoldsNobodyUp() throws SQLException {
    start("r1", "one", SALES, anew("r1"), false);
    execute("update load_runs set process_id = 999999999");

    start("r2", "two", SALES, anew("r2"), false);
  }

  @Test
  void runOnAnotherMachineHoldsOtherJobsUpOnly() throws SQLException {
    start("r1", "one", SALES, anew("r1"), false);
    execute("update load_runs set host = 'elsewhere'");

    String refused = refusal("r2", "two", SALES, anew("r2"));
    assertThat(refused, containsString("on elsewhere, since "));
    assertThat(refused, containsString("to ABANDONED"));
    // A container that was killed has another name when it starts again.
    start("r3", "one", SALES, anew("r3"), false);
  }

  @Test
  void loaderOfAJobHoldsUpAnotherJobButNotItsOwn() {
    start("r1", "one", SALES, goesOn("r0"), true);

    start("r2", "one", SALES, anew("r2"), true);
    assertThat(refusal("r3", "two", SALES, anew("r3")), containsString("of the live job one"));
  }

  @Test
  void loaderRefusesAStateThatBeganWithoutTheWarehouse() {
    start("r1", "one", SALES, anew("r1"), false);
    end("r1");

    InputException refused =
        assertThrows(
            InputException.class,
            () -> start("r3", "one", SALES, new LiveState("r2", false, false), true));
    assertThat(
        refused.getMessage(), containsString("it does not know what run r1 of the live job one"));
    assertThat(refused.getMessage(), containsString("submit it where the warehouse is"));
    start("r4", "one", SALES, new LiveState("r2", false, true), true);
  }

  @Test
  void panesOfWindowsThatAreComputedAnewAreDeletedAndOlderOnesStay() throws SQLException {
    for (String start : new String[] {"2026-09-28", "2026-10-01", "2026-11-28"}) {
      execute(
          """
          insert into sales_kpi_live (
              grain, window_start, window_end, dimension, member, units_sold, units_cancelled, units_returned, revenue,
              revision, is_final, computed_at, run_id
          ) values ('day', '%1$s', '%1$s', 'total', 'ALL', 1, 0, 0, 1, 1, false, '%1$s', 'r1')
          """
              .formatted(start));
    }

    assertThat(LiveRuns.deletePanes(warehouse, LocalDate.of(2026, 10, 1)), is(2L));

    try (Connection connection = warehouse.connect()) {
      assertThat(
          StagedRun.rows(connection, "select cast(window_start as date) from sales_kpi_live"),
          contains("2026-09-28"));
    }
  }

  private static LiveState anew(String run) {
    return new LiveState(run, true, false);
  }

  private static LiveState goesOn(String state) {
    return new LiveState(state, false, true);
  }

  private void start(
      String run, String job, Set<LiveTable> tables, LiveState state, boolean loader) {
    RunStart start =
        new RunStart(
            run, job, BusinessInterval.ALL, now.plusMillis(starts++), "FlinkRunner", "test");
    runs.start(start, tables, state, loader);
  }

  private String refusal(String run, String job, Set<LiveTable> tables, LiveState state) {
    return assertThrows(InputException.class, () -> start(run, job, tables, state, false))
        .getMessage();
  }

  private void end(String run) {
    new RunLog(warehouse, Clock.systemUTC()).publish(run);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = warehouse.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
