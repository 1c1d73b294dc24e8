package io.autopulse.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.autopulse.pipeline.manifest.RunnerConfig;
import io.autopulse.pipeline.manifest.RunnerConfigReader;
import io.autopulse.sink.DropRows;
import io.autopulse.sink.DroppedFiles;
import io.autopulse.sink.LiveFolder;
import io.autopulse.sink.LiveFolderSink;
import io.autopulse.sink.LiveLoader;
import io.autopulse.sink.LiveTable;
import io.autopulse.sink.MigratedFile;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.FlinkCluster;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptions;
import org.joda.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An endless job on a cluster whose processes die: it counts, and drops what it counted. Every
 * number is loaded once.
 */
class ClusterJobIT {
  @TempDir private Path directory;

  private LiveFolder folder;
  private Checkpoints checkpoints;

  @BeforeEach
  void make() {
    folder = new LiveFolder(directory.resolve("live"));
    folder.create();
    checkpoints = new Checkpoints(folder.checkpoints());
  }

  @Test
  void killedProcessesAndARescaledJobLoseAndDoubleNothing() throws Exception {
    Path database = MigratedFile.at(directory.resolve("test.duckdb"));
    try (FlinkCluster cluster = FlinkCluster.start(directory.resolve("flink"), 2, 1)) {
      String job = submit(cluster, 2, Optional.empty());
      cluster.awaitRunning(job);
      cluster.awaitCheckpoint(job);

      for (int taskManager = 1; taskManager <= 2; taskManager++) {
        long restarts = cluster.restarts(job);
        cluster.killTaskManager(taskManager);
        cluster.startTaskManager(taskManager);
        cluster.awaitRestart(job, restarts);
        cluster.awaitRunning(job);
        cluster.awaitCheckpoint(job);
      }

      cluster.killJobManager();
      cluster.startJobManager();
      cluster.awaitTaskManagers(2);
      job = submit(cluster, 2, checkpoints.newest(said -> {}).map(Path::toString));
      cluster.awaitRunning(job);
      cluster.awaitCheckpoint(job);

      Path savepoint = cluster.stopWithSavepoint(job);
      job = submit(cluster, 1, Optional.of(savepoint.toString()));
      cluster.awaitRunning(job);
      cluster.awaitCheckpoint(job);
      cluster.stopWithSavepoint(job);
    }

    LiveLoader loader = new DroppedFiles(folder).loader(database, "r1");
    loader.start();
    while (loader.hasWork()) {
      loader.load(LiveLoader.Look.AWAY);
    }
    List<Long> numbers =
        DroppedFiles.rows(database, "select origin from rejected_records").stream()
            .map(Long::valueOf)
            .sorted()
            .toList();
    // The numbers of the two parts of the source: each part without a gap.
    for (int part = 0; part < 2; part++) {
      int parity = part;
      List<Long> ofPart = numbers.stream().filter(n -> n % 2 == parity).toList();
      assertThat((long) ofPart.size(), is(greaterThan(100L)));
      assertThat(ofPart.get(ofPart.size() - 1), is(2L * (ofPart.size() - 1) + parity));
    }
  }

  private String submit(FlinkCluster cluster, int parallelism, Optional<String> restoreFrom) {
    RunnerConfig live =
        new RunnerConfigReader(Map.of("AUTOPULSE_FLINK_MASTER", cluster.master()))
            .shipped("flink-cluster-live");
    PipelineOptions options =
        live.toPipelineOptions(
            List.of(
                "--checkpointingInterval=1000",
                "--minPauseBetweenCheckpoints=200",
                "--parallelism=" + parallelism,
                "--filesToStage=" + AutopulseJar.file() + ",target/test-classes"),
            LiveOptions.flink(folder),
            restoreFrom);
    LiveOptions.set(options);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Count", GenerateSequence.from(0).withRate(200, Duration.standardSeconds(1)))
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
    return FlinkJob.submit(pipeline, false, restoreFrom).id();
  }
}
