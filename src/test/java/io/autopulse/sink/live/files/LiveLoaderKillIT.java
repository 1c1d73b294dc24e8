package io.autopulse.sink.live.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.autopulse.sink.live.LiveFolder;
import io.autopulse.sink.live.LiveTable;
import io.autopulse.testing.ChildJvm;
import io.autopulse.testing.MigratedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A loading process that dies, at each step, and the loader that comes after it. */
class LiveLoaderKillIT {
  private static final String[] LOADED = {
    "s1|20000.00", "s2|21000.00", "ALL|2|2", "a.csv:7", "2|3|2|1"
  };

  @TempDir private Path directory;

  private Path database;
  private LiveFolder folder;

  @BeforeEach
  void dropFiles() throws SQLException, IOException {
    database = MigratedFile.at(directory.resolve("test.duckdb"));
    folder = new LiveFolder(directory.resolve("live"));
    DroppedFiles files = new DroppedFiles(folder);
    files.versions("s1|2024-05-02 09:00:00|CURRENT|20000");
    files.versions("s2|2024-05-02 09:01:00|CURRENT|21000");
    files.panes("total|ALL|1|1");
    files.panes("total|ALL|2|2");
    files.rejected("sales|a.csv:7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "leave out known versions",
        "insert new versions",
        "append panes",
        "commit restatements",
        "insert rejected records",
        "commit records"
      })
  void processKilledBeforeTheCommitLosesNothing(String step) throws Exception {
    assertThat(load("r1", step), is(LoadingProcess.KILLED));
    assertThat(rows("select count(*) from sale_versions"), contains("0"));
    assertThat(folder.waiting(LiveTable.VERSIONS).size(), is(2));

    loadHere("r2");

    assertThat(state(), contains(LOADED));
    assertThat(statuses(), contains("r1 ABANDONED", "r2 PUBLISHED"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete the files of restatements", "delete the files of records"})
  void processKilledBetweenCommitAndDeletionDoublesNothing(String step) throws Exception {
    assertThat(load("r1", step), is(LoadingProcess.KILLED));
    assertThat(rows("select count(*) from sales_kpi_live"), contains("2"));
    assertThat(folder.waiting(LiveTable.PANES).isEmpty(), is(step.endsWith("records")));
    assertThat(folder.waiting(LiveTable.VERSIONS).size(), is(2));

    loadHere("r2");

    assertThat(state(), contains(LOADED));
    assertThat(folder.waiting(LiveTable.VERSIONS).size(), is(0));
    assertThat(statuses(), contains("r1 ABANDONED", "r2 PUBLISHED"));
  }

  @Test
  void twoLoadersOfOneFolderTakeTurns() throws Exception {
    Process first = start("r1", "none");
    Process second = start("r2", "none");

    assertThat(first.waitFor(), is(0));
    assertThat(second.waitFor(), is(0));

    assertThat(state(), contains(LOADED));
  }

  // The loader that comes after need not be a process of its own.
  private void loadHere(String runId) {
    LoadingProcess.main(
        new String[] {database.toString(), folder.root().toString(), runId, "none"});
  }

  private int load(String runId, String lastStep) throws IOException, InterruptedException {
    return start(runId, lastStep).waitFor();
  }

  private Process start(String runId, String lastStep) throws IOException {
    return ChildJvm.start(
        LoadingProcess.class, database.toString(), folder.root().toString(), runId, lastStep);
  }

  private List<String> state() throws SQLException {
    List<String> state = new ArrayList<>();
    for (String sql :
        List.of(
            "select sale_id, net_price from sale_versions order by 1",
            "select member, units_sold, revision from sales_kpi_current",
            "select origin from rejected_records",
            "select sum(rows_accepted), sum(rows_read), sum(rows_published), sum(rows_rejected) from load_run_feeds")) {
      state.addAll(rows(sql));
    }
    return state;
  }

  private List<String> statuses() throws SQLException {
    return rows("select run_id || ' ' || status from load_runs order by 1");
  }

  private List<String> rows(String sql) throws SQLException {
    return DroppedFiles.rows(database, sql);
  }
}
