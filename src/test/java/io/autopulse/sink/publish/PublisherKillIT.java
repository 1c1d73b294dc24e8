package io.autopulse.sink.publish;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.ChildJvm;
import io.autopulse.testing.MigratedFile;
import io.autopulse.testing.Nightly;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A publishing process that dies, and the run that comes after it: at five statements each build,
 * at each by {@code mvn verify -Pnightly}.
 */
class PublisherKillIT {
  @TempDir private Path directory;

  private Path file;

  @BeforeEach
  void publishTheOldTables() throws SQLException, IOException {
    file = MigratedFile.at(directory.resolve("test.duckdb"));
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(file, DuckDbSettings.RUN);
        Connection connection = warehouse.connect()) {
      StagedRun.may(connection, "r1").publish();
    }
  }

  private static final List<String> STEPS =
      List.of(
          "wait for the turn",
          "delete covered sales",
          "insert current sales",
          "insert new versions",
          "delete staged vehicles",
          "insert vehicles",
          "add vehicle history",
          "delete staged dealers",
          "insert dealers",
          "delete covered KPIs",
          "insert KPIs",
          "delete the run's rejected records",
          "insert rejected records",
          "log the run",
          "commit");

  /** Each build's: before the first change, in the middle, and before the last. */
  private static final List<String> SOME =
      List.of(
          "wait for the turn",
          "insert new versions",
          "delete covered KPIs",
          "log the run",
          "commit");

  static List<String> steps() {
    return Nightly.runs() ? STEPS : SOME;
  }

  @ParameterizedTest
  @MethodSource("steps")
  void processKilledBeforeTheCommitLeavesTheOldTables(String step) throws Exception {
    assertThat(publish("r2", step), is(PublishingProcess.KILLED));
    assertThat(state(), contains("30000.00", "50000.00", "50000.00", "5", "r1 PUBLISHED"));

    publishHere("r3");
    assertThat(
        state(), contains("31000.00", "51000.00", "51000.00", "6", "r1 PUBLISHED", "r3 PUBLISHED"));
  }

  @Test
  void processKilledAfterTheCommitLeavesTheNewTables() throws Exception {
    assertThat(publish("r2", "clean up"), is(PublishingProcess.KILLED));
    assertThat(
        state(), contains("31000.00", "51000.00", "51000.00", "6", "r1 PUBLISHED", "r2 PUBLISHED"));

    publishHere("r3");
    assertThat(
        state(),
        contains(
            "31000.00",
            "51000.00",
            "51000.00",
            "6",
            "r1 PUBLISHED",
            "r2 PUBLISHED",
            "r3 PUBLISHED"));
  }

  @Test
  void twoProcessesAtOnceTakeTurns() throws Exception {
    Process first = start("r2", "none");
    Process second = start("r3", "none");

    assertThat(first.waitFor(), is(0));
    assertThat(second.waitFor(), is(0));
    assertThat(
        state(),
        contains(
            "31000.00",
            "51000.00",
            "51000.00",
            "6",
            "r1 PUBLISHED",
            "r2 PUBLISHED",
            "r3 PUBLISHED"));
  }

  @Test
  void killedProcessesLogIsReadableWithoutWriting() throws Exception {
    assertThat(publish("r2", "clean up"), is(PublishingProcess.KILLED));
    assertThat(Files.exists(Path.of(file + ".wal")), is(true));
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(file, DuckDbSettings.QUERY);
        Connection connection = warehouse.connect()) {
      assertThat(
          StagedRun.rows(connection, "select net_price from sales where sale_id = 's2'"),
          contains("31000.00"));
    }
  }

  // The run that comes after need not be a process of its own.
  private void publishHere(String runId) throws Exception {
    PublishingProcess.main(new String[] {file.toString(), runId, "none"});
  }

  private int publish(String runId, String lastStep) throws IOException, InterruptedException {
    return start(runId, lastStep).waitFor();
  }

  private Process start(String runId, String lastStep) throws IOException {
    return ChildJvm.start(PublishingProcess.class, file.toString(), runId, lastStep);
  }

  private List<String> state() throws SQLException {
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(file, DuckDbSettings.RUN);
        Connection connection = warehouse.connect()) {
      List<String> state = new ArrayList<>();
      for (String sql :
          List.of(
              "select net_price from sales where sale_id = 's2'",
              "select revenue from sales_kpi where member = 'ALL' and grain = 'month'",
              "select sum(revenue) from sales_kpi where dimension = 'region' and grain = 'week'",
              "select count(*) from sale_versions",
              "select run_id || ' ' || status from load_runs order by 1")) {
        state.addAll(StagedRun.rows(connection, sql));
      }
      return state;
    }
  }
}
