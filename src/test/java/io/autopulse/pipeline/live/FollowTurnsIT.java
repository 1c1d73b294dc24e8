package io.autopulse.pipeline.live;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.autopulse.sink.live.LiveFolder;
import io.autopulse.sink.live.LiveTable;
import io.autopulse.sink.live.files.DroppedFiles;
import io.autopulse.testing.ChildJvm;
import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import io.autopulse.warehouse.duckdb.HoldingProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loader that always has work, and others that want the warehouse. */
class FollowTurnsIT {
  private static final int BACKLOG = 6_000;
  private static final int TURNS = 6;

  /** No sign of anything but a turn that never comes: a busy machine takes its time. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path directory;

  private final List<Process> children = new ArrayList<>();
  private Path database;
  private LiveFolder folder;

  @BeforeEach
  void makeWarehouse() throws IOException {
    database = MigratedFile.at(directory.resolve("test.duckdb"));
    folder = new LiveFolder(directory.resolve("live"));
  }

  @AfterEach
  void endChildren() throws InterruptedException {
    for (Process child : children) {
      child.destroyForcibly().waitFor();
    }
  }

  @Test
  void queriesAndRefreshesGetTheirTurnWhileFilesWait() throws Exception {
    Path first = new DroppedFiles(folder).versions("s1|2024-05-02 09:00:00|CURRENT|20000");
    for (int i = 0; i < BACKLOG; i++) {
      Files.createLink(first.resolveSibling("copy%d.parquet".formatted(i)), first);
    }
    Process follower = start(FollowingProcess.class, database.toString(), folder.root().toString());
    BufferedReader said = follower.inputReader();
    assertThat(said.readLine(), is("following"));

    for (int turn = 0; turn < TURNS; turn++) {
      DuckDbSettings settings = turn % 2 == 0 ? DuckDbSettings.QUERY : DuckDbSettings.RUN;
      try (DuckDbWarehouse warehouse =
          DuckDbWarehouse.open(database, settings.withLockWait(PATIENCE))) {
        assertThat(warehouse.name(), is("duckdb:" + database));
      }
    }
    int waiting = folder.of(LiveTable.VERSIONS).toFile().list().length;
    assertThat("files that wait after " + TURNS + " turns", waiting, is(greaterThan(100)));

    follower.getOutputStream().close();
    assertThat(said.readLine(), is("1 versions"));
  }

  @Test
  void requestToStopIsHeardThoughAnotherHoldsTheWarehouse() throws Exception {
    Process follower = start(FollowingProcess.class, database.toString(), folder.root().toString());
    BufferedReader said = follower.inputReader();
    assertThat(said.readLine(), is("following"));
    Process holder = start(HoldingProcess.class, database.toString());
    assertThat(holder.inputReader().readLine(), is("holding duckdb:" + database));
    Path waiting = new DroppedFiles(folder).versions("s1|2024-05-02 09:00:00|CURRENT|20000");

    follower.getOutputStream().close();

    // It would wait a day for the warehouse, had it not heard.
    assertThat(said.readLine(), is("0 versions"));
    assertThat(follower.waitFor(), is(0));
    assertThat(holder.isAlive(), is(true));
    assertThat(Files.exists(waiting), is(true));
  }

  private Process start(Class<?> main, String... arguments) throws IOException {
    Process child = ChildJvm.start(main, arguments);
    children.add(child);
    return child;
  }
}
