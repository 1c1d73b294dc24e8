package io.autopulse.pipeline.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.live.LiveOptions;
import io.autopulse.pipeline.runner.RunnerConfig;
import io.autopulse.pipeline.runner.RunnerConfigReader;
import io.autopulse.sink.live.DropRows;
import io.autopulse.sink.live.LiveFolder;
import io.autopulse.sink.live.LiveTable;
import io.autopulse.sink.live.files.DroppedFiles;
import io.autopulse.sink.live.files.LiveFolderSink;
import io.autopulse.sink.live.files.LiveLoader;
import io.autopulse.testing.MigratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An endless job in an embedded Flink: it counts, and drops what it counted. */
class FlinkJobIT {
  private static final RunnerConfig LIVE = new RunnerConfigReader(Map.of()).shipped("flink-live");

  @TempDir private Path directory;

  private LiveFolder folder;
  private Checkpoints checkpoints;
  private Path database;

  @BeforeEach
  void make() throws IOException {
    folder = new LiveFolder(directory.resolve("live"));
    folder.create();
    checkpoints = new Checkpoints(folder.checkpoints());
    database = MigratedFile.at(directory.resolve("test.duckdb"));
  }

  @Test
  void cancelledJobGoesOnFromItsCheckpointAndLosesNothing() throws Exception {
    FlinkJob first = submit(Optional.empty(), "Count");
    await(() -> checkpoints.newest(said -> {}).isPresent());
    first.cancel();
    assertThat(first.runs(), is(false));
    assertThat(first.failure(), is(Optional.empty()));
    long counted = highest(load("r1"));
    Path checkpoint = checkpoints.newest(said -> {}).orElseThrow();

    FlinkJob second = submit(Optional.of(checkpoint.toString()), "Count");
    await(() -> !checkpoints.newest(said -> {}).orElseThrow().equals(checkpoint));
    second.cancel();
    List<String> numbers = load("r2");

    assertThat(highest(numbers), is(greaterThan(counted)));
    // Every number once: none was lost, none is there twice.
    assertThat((long) numbers.size(), is(highest(numbers) + 1));
    assertThat(
        DroppedFiles.rows(
            database,
            "select min(cast(origin as bigint)) > 0 from rejected_records where run_id = 'r2'"),
        is(List.of("true")));
    checkpoints.deleteAllBut(checkpoints.newest(said -> {}).orElseThrow());
    assertThat(Files.exists(checkpoint), is(false));
  }

  @Test
  void checkpointOfAnotherJobIsRefusedWithTheRemedy() throws Exception {
    FlinkJob first = submit(Optional.empty(), "Count");
    await(() -> checkpoints.newest(said -> {}).isPresent());
    first.cancel();
    String checkpoint = checkpoints.newest(said -> {}).orElseThrow().toString();

    InputException refused =
        assertThrows(
            InputException.class,
            () -> {
              FlinkJob other = submit(Optional.of(checkpoint), "Count otherwise");
              await(() -> !other.runs());
              throw other.failure().orElseThrow();
            });

    assertThat(
        refused.getMessage(),
        containsString(checkpoint + ": the job cannot go on from this checkpoint"));
    assertThat(
        refused.getMessage(), containsString("move the job's checkpoints away and start anew"));
  }

  @Test
  void tornCheckpointIsLeftOut() throws Exception {
    FlinkJob first = submit(Optional.empty(), "Count");
    await(() -> checkpoints.newest(said -> {}).isPresent());
    first.cancel();
    Path whole = checkpoints.newest(said -> {}).orElseThrow();
    Path torn = Files.createDirectories(whole.resolveSibling("chk-9999"));
    byte[] metadata = Files.readAllBytes(whole.resolve("_metadata"));
    Files.write(torn.resolve("_metadata"), Arrays.copyOf(metadata, metadata.length / 2));
    StringBuilder said = new StringBuilder();

    assertThat(checkpoints.newest(said::append), is(Optional.of(whole)));
    assertThat(said.toString(), is("the checkpoint " + torn + " is not complete and is left out"));
  }

  private FlinkJob submit(Optional<String> restoreFrom, String step) {
    PipelineOptions options =
        LIVE.toPipelineOptions(
            List.of("--checkpointingInterval=500", "--parallelism=1"),
            LiveOptions.flink(folder),
            restoreFrom);
    LiveOptions.set(options);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(
            step, GenerateSequence.from(0).withRate(100, org.joda.time.Duration.standardSeconds(1)))
        .apply(
            "Drop",
            DropRows.into(
                new LiveFolderSink(folder),
                LiveTable.REJECTED,
                number ->
                    Arrays.asList(
                        "sales",
                        number.toString(),
                        "BAD_DATE",
                        "p",
                        null,
                        "m",
                        "{}",
                        "json",
                        null)));
    return FlinkJob.submit(pipeline, true, restoreFrom);
  }

  private List<String> load(String runId) throws SQLException {
    LiveLoader loader = new DroppedFiles(folder).loader(database, runId);
    loader.start();
    while (loader.hasWork()) {
      loader.load(LiveLoader.Look.AWAY);
    }
    return DroppedFiles.rows(database, "select origin from rejected_records");
  }

  private static long highest(List<String> numbers) {
    return numbers.stream().mapToLong(Long::parseLong).max().orElseThrow();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat("in time", System.nanoTime() < deadline, is(true));
      Thread.sleep(50);
    }
  }
}
