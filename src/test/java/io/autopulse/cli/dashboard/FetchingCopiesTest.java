package io.autopulse.cli.dashboard;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.MigratedFile;
import io.autopulse.testing.RecordedWarehouse;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import io.autopulse.warehouse.serving.LiveFile;
import io.autopulse.warehouse.serving.ServingFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A DuckDB file stands for the warehouse elsewhere. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class FetchingCopiesTest {
  private static final Duration EVERY = Duration.ofMillis(20);

  @TempDir private Path directory;

  private final List<String> notices = new CopyOnWriteArrayList<>();
  private final AtomicBoolean isWanted = new AtomicBoolean();
  private RecordedWarehouse warehouse;
  private ServingFolder folder;
  private FetchingCopies copies;

  @BeforeEach
  void open() throws Exception {
    DuckDbWarehouse file =
        DuckDbWarehouse.open(
            MigratedFile.at(directory.resolve("elsewhere.duckdb")), DuckDbSettings.RUN);
    try (Connection core = file.connect();
        Statement statement = core.createStatement()) {
      statement.execute(
          "insert into load_runs (run_id, job, status, started_at) values ('r1', 'live', 'RUNNING', timestamp '2026-06-10')");
      statement.execute("insert into live_runs values ('r1', 'sales_kpi_live', 'r1', false)");
    }
    warehouse = new RecordedWarehouse(file);
    folder = ServingFolder.at(directory.resolve("copies"));
    copies = FetchingCopies.of(warehouse, folder, notices::add);
    notices.clear();
  }

  @AfterEach
  void close() throws Exception {
    copies.close();
  }

  private long looks() {
    return warehouse.statements().stream().filter(sql -> sql.contains("is_at_work")).count();
  }

  private void awaitLooks(long number) throws InterruptedException {
    while (looks() < number) {
      Thread.sleep(5);
    }
  }

  @Test
  void warehouseIsAskedOnceAndThenWhileSomebodyWantsToSeeIt() throws Exception {
    copies.keepLive(ZoneOffset.UTC, Clock.systemUTC(), EVERY, isWanted::get);
    awaitLooks(1);
    Thread.sleep(10 * EVERY.toMillis());
    assertThat("the page has something to begin with", looks(), is(1L));
    assertThat(LiveFile.of(folder).read().orElseThrow().runId(), is("r1"));

    isWanted.set(true);
    awaitLooks(4);
    isWanted.set(false);
    Thread.sleep(5 * EVERY.toMillis());
    long before = looks();
    Thread.sleep(10 * EVERY.toMillis());
    assertThat("nobody looks any more", looks(), is(before));
    assertThat(notices, is(empty()));
  }

  @Test
  void betweenTwoLooksIsTheTimeThatIsSaid() throws Exception {
    isWanted.set(true);
    copies.keepLive(ZoneOffset.UTC, Clock.systemUTC(), Duration.ofHours(1), isWanted::get);
    awaitLooks(1);
    Thread.sleep(2_500);
    assertThat(looks(), is(1L));
  }

  @Test
  void failureIsSaidOnceUntilALookSucceeds() throws Exception {
    isWanted.set(true);
    Path blocked = folder.path().resolve("live.json");
    Files.createDirectories(blocked.resolve("in the way"));
    copies.keepLive(ZoneOffset.UTC, Clock.systemUTC(), EVERY, isWanted::get);
    awaitLooks(4);
    assertThat(notices, contains(containsString("the live page stays as it is: ")));

    Files.delete(blocked.resolve("in the way"));
    Files.delete(blocked);
    while (!Files.isRegularFile(blocked)) {
      Thread.sleep(5);
    }
    awaitLooks(looks() + 2);
    assertThat(notices.size(), is(1));

    isWanted.set(false);
    Thread.sleep(5 * EVERY.toMillis());
    Files.delete(blocked);
    Files.createDirectories(blocked.resolve("in the way"));
    isWanted.set(true);
    awaitLooks(looks() + 3);
    assertThat("another failure", notices.size(), is(2));
  }
}
