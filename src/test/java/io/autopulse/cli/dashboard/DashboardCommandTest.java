package io.autopulse.cli.dashboard;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.autopulse.cli.InProcessCli;
import io.autopulse.report.dashboard.Served;
import io.autopulse.testing.Landing;
import io.autopulse.testing.MigratedFile;
import io.autopulse.testing.Refresh;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import io.autopulse.warehouse.serving.ServingCopy;
import io.autopulse.warehouse.serving.ServingFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardCommandTest {
  @TempDir private Path directory;

  @Test
  void whatCannotBeServedIsRefusedWithARemedy() throws Exception {
    Path empty = MigratedFile.at(directory.resolve("empty.duckdb"));
    assertThat(refusal("--warehouse", "duckdb:" + empty), containsString("no run has published"));
    assertThat(
        refusal("--warehouse", "duckdb:" + directory.resolve("absent.duckdb")),
        containsString("there is no warehouse"));
    assertThat(
        refusal("--warehouse", "snowflake://acme/SALES/AUTOPULSE_CORE"),
        allOf(containsString("DuckDB files only"), containsString("docs/jobs/marts.md")));
    assertThat(
        refusal("--warehouse", "duckdb:" + empty, "--host", "0.0.0.0"),
        containsString("--token-file"));
    assertThat(
        refusal("--warehouse", "duckdb:" + empty, "--holidays", "xx"),
        containsString("--holidays"));
    assertThat("no folder is left", ServingFolder.of(empty).exists(), is(false));
  }

  private static String refusal(String... arguments) {
    List<String> call = new ArrayList<>(List.of("dashboard"));
    call.addAll(List.of(arguments));
    return InProcessCli.run(call.toArray(String[]::new)).mustExit(2).err();
  }

  @Test
  void runsWriteCopiesOnceSomebodyServes() throws Exception {
    Path manifest = Landing.generate(directory.resolve("landing"), 300, 0.02);
    Path file = directory.resolve("test.duckdb");
    Refresh refresh = Refresh.of(manifest, file);
    String first = refresh.run().runId();
    ServingFolder folder = ServingFolder.of(file);
    assertThat("nobody serves", folder.exists(), is(false));

    List<String> notices = new ArrayList<>();
    assertThat(FirstCopy.of(file, notices::add).current(), is(Optional.of(first)));
    assertThat(notices, is(List.of("copying run " + first + " for the dashboard")));
    FirstCopy.of(file, notices::add);
    assertThat("it is there already", notices.size(), is(1));

    String second = refresh.run().runId();
    assertThat(folder.current(), is(Optional.of(second)));
    try (ServingCopy copy = folder.open(second);
        Connection served = copy.connect();
        DuckDbWarehouse warehouse = DuckDbWarehouse.open(file, DuckDbSettings.QUERY);
        Connection core = warehouse.connect()) {
      for (String table :
          List.of("sales", "sales_kpi_current", "rejected_records_all", "load_runs")) {
        assertThat(table, contents(served, table), is(contents(core, table)));
      }
    }
  }

  @Test
  void warehouseThatOnlyALiveJobFillsIsServed() throws Exception {
    Path file = MigratedFile.at(directory.resolve("live.duckdb"));
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(file, DuckDbSettings.RUN);
        Connection core = warehouse.connect();
        Statement statement = core.createStatement()) {
      statement.execute(
          "insert into load_runs (run_id, job, status, started_at) values ('failed', 'erp', 'FAILED', timestamp '2024-06-02'), ('live', 'live-sales', 'RUNNING', timestamp '2024-06-01')");
      statement.execute("insert into live_runs values ('live', 'sales_kpi_live', 'live', false)");
    }
    ServingFolder folder = FirstCopy.of(file, notice -> {});
    assertThat(folder.current(), is(Optional.of("live")));
    try (ServingCopy copy = folder.open("live");
        Connection served = copy.connect()) {
      assertThat(Served.of(served).lastDay(), is(Optional.empty()));
    }
  }

  @Test
  void runWhoseCopyFailsHasPublished() throws Exception {
    Path manifest = Landing.generate(directory.resolve("landing"), 300, 0);
    Path file = directory.resolve("test.duckdb");
    // A file is where the folder should be written to.
    Path folder = Files.createDirectory(ServingFolder.of(file).path());
    Files.createDirectories(folder.resolve("current.tmp/in the way"));
    Refresh.of(manifest, file).run();
    assertThat(ServingFolder.of(file).current(), is(Optional.empty()));
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(file, DuckDbSettings.QUERY);
        Connection core = warehouse.connect()) {
      assertThat(ServingFolder.lastPublished(core).isPresent(), is(true));
    }
  }

  private static String contents(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*) || ' ' || coalesce(sum(hash(rows)), 0) from "
                    + table
                    + " as rows")) {
      rows.next();
      return rows.getString(1);
    }
  }
}
