package io.autopulse.pipeline.live;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.LiveRun;
import io.autopulse.pipeline.flink.Checkpoints;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.ManifestReader;
import io.autopulse.pipeline.runner.RunnerConfig;
import io.autopulse.pipeline.runner.RunnerConfigReader;
import io.autopulse.sink.live.LiveLoad;
import io.autopulse.sink.live.files.DroppedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state of a live job: gone on with under its own manifest only, and begun anew. */
class LiveStateIT {
  private static final RunnerConfig LIVE = new RunnerConfigReader(Map.of()).shipped("flink-live");
  private static final String CELLS =
      "select dimension || ' ' || member || ' ' || units_sold || ' ' || revision from sales_kpi_current where grain = 'day' order by 1";

  @TempDir private Path directory;

  // DuckDB opens a file once a process: the cells are read while the run has it open.
  private volatile List<String> cells = List.of();

  private final FollowListener listener =
      new FollowListener() {
        @Override
        public void stage(String message) {}

        @Override
        public void loaded(LiveLoad load, Connection warehouse) throws SQLException {
          try (Statement statement = warehouse.createStatement();
              ResultSet rows = statement.executeQuery(CELLS)) {
            List<String> read = new ArrayList<>();
            while (rows.next()) {
              read.add(rows.getString(1));
            }
            cells = read;
          }
        }
      };

  private final Instant sold =
      Instant.now().minus(5, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);

  @Test
  void stateIsGoneOnWithUnderItsOwnManifestAndBegunAnewFromTheWarehouse() throws Exception {
    String manifest = manifest();
    land("A", "S1,VW", "S2,BMW");
    try (Run first = new Run(read(manifest))) {
      await(
          "two sales",
          () -> cells.equals(List.of("make BMW 1 1", "make VW 1 1", "total ALL 2 2")),
          first);
      awaitNextCheckpoint(first);
      InputException twice =
          assertThrows(
              InputException.class,
              () -> start(read(manifest)).run(LIVE, List.of(), new StopRequest()));
      assertThat(
          twice.getMessage(),
          containsString(
              "runs already: job live-state in process " + ProcessHandle.current().pid()));
    }

    refused(
        manifest.replace("/in/", "/new/"), "feeds.sales.from.path: the job's state was made with");
    refused(
        manifest.replace("*.csv\"", "*.csv\", charset: windows-1252"),
        "feeds.sales.from.charset: UTF-8; now it is windows-1252");
    refused(
        manifest.replace("[total, make]", "[total, make, region]"),
        "kpis.dimensions: make, total; now it is make, region, total");
    refused(manifest.replace("[day, month]", "[day]"), "kpis.grains: day, month; now it is day");
    refused(manifest.replace("Europe/Berlin", "UTC"), "timezone: Europe/Berlin; now it is UTC");
    refused(
        manifest
            .replace("job: live-state", "job: other")
            .replace("{panes", "{folder: \"" + folder() + "\", panes"),
        "is that of the job live-state");

    // The order of dimensions is not part of the state, and parsing applies from now on.
    String swapped =
        manifest
            .replace("[total, make]", "[make, total]")
            .replace("    from:", "    columns: {make: brand}\n    from:");
    land("B", "S3,VW");
    Files.writeString(
        directory.resolve("in/B.csv"),
        Files.readString(directory.resolve("in/B.csv")).replace(",make,", ",brand,"));
    try (Run second = new Run(read(swapped))) {
      await(
          "three sales",
          () -> cells.equals(List.of("make BMW 1 1", "make VW 2 2", "total ALL 3 3")),
          second);
      awaitNextCheckpoint(second);
    }

    // Retention has deleted what the warehouse knows, and the checkpoints are moved away.
    Files.delete(directory.resolve("in/A.csv"));
    Files.delete(directory.resolve("in/B.csv"));
    Files.move(folder().resolve("checkpoints"), folder().resolve("moved"));
    land("C", "S4,BMW");
    try (Run third = new Run(read(manifest))) {
      await(
          "four sales",
          () -> cells.equals(List.of("make BMW 2 2", "make VW 2 2", "total ALL 4 4")),
          third);
      awaitNextCheckpoint(third);
    }

    // It goes on after that, and the first state does not.
    land("D", "S5,VW");
    try (Run fourth = new Run(read(manifest))) {
      await(
          "five sales",
          () -> cells.equals(List.of("make BMW 2 2", "make VW 3 3", "total ALL 5 5")),
          fourth);
    }
    Files.move(folder().resolve("checkpoints"), folder().resolve("second"));
    Files.move(folder().resolve("moved"), folder().resolve("checkpoints"));
    refused(
        swapped,
        "has written sales_kpi_live since, and the checkpoints do not know what it computed");
    Files.delete(folder().resolve("checkpoints/job.yaml"));
    refused(manifest, "there is no job.yaml beside the checkpoints");
    assertThat(
        DroppedFiles.rows(
            directory.resolve("w.duckdb"), "select sale_id from sale_versions order by 1"),
        contains("S1", "S2", "S3", "S4", "S5"));
  }

  private String manifest() {
    return """
        job: live-state
        timezone: Europe/Berlin
        currency: EUR
        live: {panes: 200ms, poll: 200ms}
        feeds:
          sales:
            from: {type: csv, path: "DIR/in/*.csv"}
        kpis: {grains: [day, month], dimensions: [total, make]}
        warehouse: "duckdb:DIR/w.duckdb"
        """
        .replace("DIR", directory.toString());
  }

  private Path folder() {
    return directory.resolve("w.duckdb.live/live-state");
  }

  private Manifest read(String text) throws IOException {
    return new ManifestReader(Map.of())
        .read(Files.writeString(directory.resolve("live.yaml"), text), List.of());
  }

  private LiveRun start(Manifest manifest) {
    return new LiveRun(manifest, Map.of(), Clock.systemUTC(), listener, "test");
  }

  private void refused(String manifest, String why) throws IOException {
    Manifest edited = read(manifest);
    InputException refused =
        assertThrows(
            InputException.class, () -> start(edited).run(LIVE, List.of(), new StopRequest()));
    assertThat(refused.getMessage(), containsString(why));
    assertThat(refused.getMessage().toLowerCase(Locale.ROOT), containsString("anew"));
  }

  private void land(String file, String... sales) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("in"));
    StringBuilder text = new StringBuilder("sale_id,make,updated_at,sold_at,status,net_price\n");
    for (String sale : sales) {
      text.append("%s,%s,%s,SOLD,20000.00\n".formatted(sale, sold, sold));
    }
    Path begun = Files.writeString(folder.resolve("." + file), text);
    Files.move(begun, folder.resolve(file + ".csv"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void awaitNextCheckpoint(Run run) throws Exception {
    Checkpoints checkpoints = new Checkpoints(folder().resolve("checkpoints"));
    Optional<Path> before = checkpoints.newest(said -> {});
    await(
        "a checkpoint",
        () ->
            checkpoints.newest(said -> {}).isPresent()
                && !checkpoints.newest(said -> {}).equals(before),
        run);
  }

  private void await(String what, Callable<Boolean> condition, Run run) throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
    while (true) {
      run.mustRun();
      if (condition.call()) {
        return;
      }
      assertThat(what + " in time: " + cells, System.nanoTime() < deadline, is(true));
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** A run in a thread of its own, ended when it is closed. */
  private final class Run implements AutoCloseable {
    private final StopRequest stop = new StopRequest();
    private final CompletableFuture<FollowSummary> summary;

    Run(Manifest manifest) {
      summary =
          CompletableFuture.supplyAsync(
              () ->
                  start(manifest)
                      .run(LIVE, List.of("--checkpointingInterval=500", "--parallelism=1"), stop));
    }

    void mustRun() {
      if (summary.isDone()) {
        throw new AssertionError("the run has ended: " + summary.join());
      }
    }

    @Override
    public void close() {
      stop.request();
      summary.orTimeout(1, TimeUnit.MINUTES).join();
    }
  }
}
