package io.autopulse.pipeline.live;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.LiveRun;
import io.autopulse.pipeline.flink.Checkpoints;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.ManifestReader;
import io.autopulse.sink.live.LiveFolder;
import io.autopulse.sink.live.LiveState;
import io.autopulse.warehouse.runs.RunStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveStartTest {
  private static final String SALES =
      """
      job: live-sales
      live: {panes: 10s}
      feeds: {sales: {from: {type: csv, path: "in/*.csv"}}}
      warehouse: "duckdb:DIR/w.duckdb"
      """;
  private static final Optional<String> CHECKPOINT = Optional.of("checkpoints/1/chk-1");

  @TempDir private Path directory;

  private LiveFolder folder;

  @BeforeEach
  void make() {
    folder = new LiveFolder(directory.resolve("live"));
    folder.createCheckpoints();
  }

  @Test
  void stateThatWasWrittenIsGoneOnWith() throws IOException {
    LiveStart first = start("r1", SALES, Optional.empty());
    assertThat(first.state(), is(new LiveState("r1", true, false)));
    first.write();

    LiveStart second = start("r2", SALES, CHECKPOINT);

    assertThat(second.state(), is(new LiveState("r1", false, false)));
    assertThat(second.known(), is(Optional.empty()));
  }

  @Test
  void startWithoutACheckpointBeginsAnotherStateWhateverWasChanged() throws IOException {
    start("r1", SALES, Optional.empty()).write();
    LiveStart second = start("r2", SALES.replace("in/", "new/"), Optional.empty());
    second.write();

    assertThat(second.state(), is(new LiveState("r2", true, false)));
    assertThat(
        start("r3", SALES.replace("in/", "new/"), CHECKPOINT).state(),
        is(new LiveState("r2", false, false)));
  }

  @Test
  void checkpointsOfAnEarlierReleaseAreRefusedWithTheRemedy() {
    String refused = refusal("r1", SALES);
    assertThat(refused, containsString("there is no job.yaml beside the checkpoints"));
    assertThat(refused, containsString("start anew: move this folder away"));
  }

  @Test
  void damagedFileIsRefusedAndNotTakenForNone() throws IOException {
    start("r1", SALES, Optional.empty()).write();
    Path file = folder.checkpoints().resolve("job.yaml");
    for (String damaged :
        List.of("", "state: r1\n", "- a\n", "state: {", "state: 1\nmanifest: 2\n")) {
      Files.writeString(file, damaged);
      assertThat(damaged, refusal("r2", SALES), containsString("this file cannot be read"));
    }
  }

  @Test
  void folderOfAnotherJobIsRefusedEvenBeforeItsFirstCheckpoint() throws IOException {
    start("r1", SALES, Optional.empty()).write();
    InputException refused =
        assertThrows(
            InputException.class,
            () -> start("r2", SALES.replace("job: live-sales", "job: other"), Optional.empty()));
    assertThat(refused.getMessage(), containsString("is that of the job live-sales"));
    assertThat(refused.getMessage(), containsString("Give other a folder of its own: live.folder"));
  }

  @Test
  void valueThatStaysAsItWasIsNamed() throws IOException {
    start("r1", SALES, Optional.empty()).write();
    List<String> said = new ArrayList<>();
    Manifest manifest = read(SALES.replace("panes: 10s", "panes: 10s, poll: 5s"));
    LiveStart.of(manifest, manifest.live().orElseThrow(), folder, run("r2"), CHECKPOINT, said::add);
    assertThat(said, contains("live.poll stays PT0.5S: it is part of the checkpoint"));
  }

  @Test
  void knownSalesThatAreGoneAreMissed() throws IOException {
    Manifest manifest = read(SALES);
    new LiveStateFile(
            "r1",
            Optional.of(LocalDate.of(2026, 10, 1)),
            true,
            StateManifest.of(manifest, manifest.live().orElseThrow()))
        .write(folder);
    assertThat(
        refusal("r2", SALES),
        containsString(
            folder.known().resolve("r1.jsonl")
                + ": the sales that the job took from the warehouse when it began are not there"));

    Files.createDirectories(folder.known());
    Files.writeString(folder.known().resolve("r1.jsonl"), "{}\n");

    assertThat(
        start("r2", SALES, CHECKPOINT).known(),
        is(
            Optional.of(
                new KnownSales(folder.known().resolve("r1.jsonl"), LocalDate.of(2026, 10, 1)))));
  }

  @Test
  void folderThatAnEarlierReleaseSharedAmongJobsIsNamed() throws IOException {
    Path old = directory.resolve("w.duckdb.live/checkpoints/" + "0a".repeat(16) + "/chk-2");
    Files.createDirectories(old);
    InputException refused = assertThrows(InputException.class, () -> liveRun(SALES));
    assertThat(
        refused.getMessage(),
        containsString(directory.resolve("w.duckdb.live") + ": an earlier release kept the state"));
    assertThat(
        refused.getMessage(),
        containsString("into " + directory.resolve("w.duckdb.live/live-sales")));

    // A folder that the manifest names is not looked for elsewhere.
    liveRun(SALES.replace("{panes", "{folder: \"" + directory + "/own\", panes"));
  }

  @Test
  void jobThatIsCalledCheckpointsIsNotTakenForAnEarlierRelease() throws IOException {
    Files.createDirectories(
        directory.resolve("w.duckdb.live/checkpoints/checkpoints/" + "0a".repeat(16) + "/chk-2"));
    liveRun(SALES.replace("job: live-sales", "job: checkpoints"));
  }

  @Test
  void onlyWhatFlinkMadeThereIsDeleted() throws IOException {
    Path mine = folder.checkpoints().resolve("1b".repeat(16) + "/chk-3");
    Path older = folder.checkpoints().resolve("0a".repeat(16) + "/chk-9");
    Path foreign = folder.checkpoints().resolve("my-savepoint/chk-1");
    for (Path made : List.of(mine, older, foreign)) {
      Files.createDirectories(made);
    }
    start("r1", SALES, Optional.empty()).write();

    new Checkpoints(folder.checkpoints()).deleteAllBut(mine);

    assertThat(Files.exists(mine), is(true));
    assertThat(Files.exists(older.getParent()), is(false));
    assertThat(Files.exists(foreign), is(true));
    assertThat(Files.exists(folder.checkpoints().resolve("job.yaml")), is(true));
  }

  private void liveRun(String text) throws IOException {
    new LiveRun(read(text), Map.of(), Clock.systemUTC(), FollowListener.SILENT, "test");
  }

  private String refusal(String run, String text) {
    return assertThrows(InputException.class, () -> start(run, text, CHECKPOINT)).getMessage();
  }

  private LiveStart start(String run, String text, Optional<String> restored) throws IOException {
    Manifest manifest = read(text);
    return LiveStart.of(
        manifest, manifest.live().orElseThrow(), folder, run(run), restored, said -> {});
  }

  private static RunStart run(String runId) {
    return new RunStart(
        runId,
        "live-sales",
        BusinessInterval.ALL,
        Instant.parse("2026-11-28T10:00:00Z"),
        "FlinkRunner",
        "test");
  }

  private Manifest read(String text) throws IOException {
    return new ManifestReader(Map.of())
        .read(
            Files.writeString(
                directory.resolve("live.yaml"), text.replace("DIR", directory.toString())),
            List.of());
  }
}
