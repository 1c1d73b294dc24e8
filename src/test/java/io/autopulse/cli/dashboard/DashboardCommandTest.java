package io.autopulse.cli.dashboard;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

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
  private static final String HEADER_ROLES =
      """
      header: X-Forwarded-User
      roles:
        north: {regions: [North]}
      users:
        anna: {roles: [north]}
      """;

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
        containsString("AUTOPULSE_SNOWFLAKE_USER"));
    assertThat(
        refusal("--warehouse", "duckdb:" + empty, "--host", "0.0.0.0"),
        containsString("--token-file"));
    assertThat(
        refusal("--warehouse", "duckdb:" + empty, "--holidays", "xx"),
        containsString("--holidays"));
    Path roles = Files.writeString(directory.resolve("roles.yaml"), HEADER_ROLES);
    assertThat(
        refusal("--warehouse", "duckdb:" + empty, "--roles", roles.toString()),
        allOf(containsString("names a header"), containsString("--token-file")));
    assertThat(
        refusal("--warehouse", "duckdb:" + empty, "--rate", "-1"), containsString("--rate -1"));
    assertThat(
        refusal("--warehouse", "duckdb:" + empty, "--digest", "md"),
        containsString("no run has published"));
    assertThat("no folder is left", ServingFolder.of(empty).exists(), is(false));
  }

  @Test
  void optionsOfFilesThatDoNotGoTogetherAreRefused() {
    assertThat(refusal("--export", "a.html", "--digest", "md"), containsString("Call twice"));
    assertThat(refusal("--to", "a.md"), containsString("--to: is for files"));
    assertThat(refusal("--as", "anna"), containsString("--as: is for files"));
    assertThat(refusal("--page", "sales"), containsString("--page: is for files"));
    assertThat(refusal("--export", "a.html", "--to", "b"), containsString("is for digests"));
    assertThat(
        refusal("--export", "a.html", "--as", "anna"),
        containsString("is a user of no file of roles"));
    assertThat(
        refusal("--digest", "md", "--page", "sales"), containsString("one overview for a digest"));
    assertThat(refusal("--digest", "pdf"), containsString("md"));
  }

  @Test
  void filesAreWrittenWithoutServing() throws Exception {
    Path manifest = Landing.generate(directory.resolve("landing"), 300, 0);
    Path file = directory.resolve("test.duckdb");
    String run = Refresh.of(manifest, file).run().runId();
    String warehouse = "duckdb:" + file;
    Path html = directory.resolve("all.html");
    assertThat(
        InProcessCli.run("dashboard", "--warehouse", warehouse, "--export", html.toString())
            .mustExit(0)
            .out(),
        is("Run " + run + ": 5 pages in " + html + System.lineSeparator()));
    assertThat(
        Files.readString(html),
        allOf(containsString("<h1 id=\"overview-1-title\">"), containsString(run)));

    String digest =
        InProcessCli.run("dashboard", "--warehouse", warehouse, "--digest", "md").mustExit(0).out();
    assertThat(digest, allOf(startsWith("# Sales, "), containsString("Run " + run)));

    Path roles = Files.writeString(directory.resolve("roles.yaml"), HEADER_ROLES);
    Path mail = directory.resolve("mail.html");
    assertThat(
        InProcessCli.run(
                "dashboard",
                "--warehouse",
                warehouse,
                "--digest",
                "html",
                "--to",
                mail.toString(),
                "--roles",
                roles.toString(),
                "--as",
                "anna")
            .mustExit(0)
            .out(),
        is("Run " + run + ": a digest in " + mail + System.lineSeparator()));
    assertThat(Files.readString(mail), containsString("You see the sales of NORTH."));
    assertThat("nobody serves", ServingFolder.of(file).exists(), is(false));
    assertThat(
        InProcessCli.run(
                "dashboard", "--warehouse", warehouse, "--export", directory.toString() + "/no/a")
            .mustExit(2)
            .err(),
        containsString("cannot be written"));
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
