package io.autopulse.cli.dashboard;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import io.autopulse.warehouse.serving.LiveFile;
import io.autopulse.warehouse.serving.LivePublication;
import io.autopulse.warehouse.serving.ServingFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
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
    folder = ServingFolder.at(directory.resolve("copies"));
    copies = FetchingCopies.of(file, folder, notices::add);
    notices.clear();
  }

  @AfterEach
  void close() throws Exception {
    copies.close();
  }

  @Test
  void whatIsLiveIsPublishedAtTheStartAndAgainWhileItIsWanted() throws Exception {
    copies.keepLive(ZoneOffset.UTC, Clock.systemUTC(), EVERY, isWanted::get);
    await(() -> LiveFile.of(folder).read().isPresent());
    LivePublication first = LiveFile.of(folder).read().orElseThrow();
    assertThat(first.runId(), is("r1"));

    isWanted.set(true);
    await(() -> !LiveFile.of(folder).read().orElseThrow().writtenAt().equals(first.writtenAt()));
    assertThat(notices, is(empty()));
  }

  @Test
  void failureIsSaidAndTheNextLookTriesAgain() throws Exception {
    isWanted.set(true);
    Path blocked = folder.path().resolve("live.json");
    Files.createDirectories(blocked.resolve("in the way"));
    copies.keepLive(ZoneOffset.UTC, Clock.systemUTC(), EVERY, isWanted::get);
    await(() -> !notices.isEmpty());
    assertThat(notices, contains(containsString("the live page stays as it is: ")));

    Files.delete(blocked.resolve("in the way"));
    Files.delete(blocked);
    await(() -> Files.isRegularFile(blocked));
    assertThat(notices.size(), is(1));
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    while (!condition.call()) {
      AutopulseJar.pause(5);
    }
  }
}
