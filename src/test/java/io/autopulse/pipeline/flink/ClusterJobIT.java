package io.autopulse.pipeline.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.autopulse.pipeline.live.LiveOptions;
import io.autopulse.pipeline.runner.RunnerConfig;
import io.autopulse.pipeline.runner.RunnerConfigReader;
import io.autopulse.sink.live.DropRows;
import io.autopulse.sink.live.LiveFolder;
import io.autopulse.sink.live.LiveTable;
import io.autopulse.sink.live.files.DroppedFiles;
import io.autopulse.sink.live.files.LiveFolderSink;
import io.autopulse.sink.live.files.LiveLoader;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.CountedNumbers;
import io.autopulse.testing.FlinkCluster;
import io.autopulse.testing.MigratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptions;
import org.joda.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * An endless job on a cluster whose processes die: it counts, and drops what it counted. Every
 * number up to a checkpoint is loaded once, after each kill.
 *
 * <p>By hand, for instance: {@code mvn verify -Pnightly -Dit.test=ClusterJobIT
 * -Dautopulse.kills=100 -Dautopulse.seed=7}. A test that fails names its seed and keeps its folder.
 */
class ClusterJobIT {
  private static final int KILLS = Integer.getInteger("autopulse.kills", 20);
  private static final long SEED = Long.getLong("autopulse.seed", System.currentTimeMillis());

  /** Into how many parts the runner configuration divides the source. */
  private static final int PARTS = 128;

  private static final int TASK_MANAGERS = 2;
  private static final int KILLS_PER_JOB_MANAGER = 20;
  private static final int KILLS_PER_PARALLELISM = 10;
  private static final int MOST_STEPS_TO_WAIT = 20_000;

  // A process that lives for seconds is not worth the optimizing compiler.
  private static final Map<String, String> SHORT_LIVED =
      Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");

  // What a failure leaves is its evidence.
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Random random = new Random(SEED);
  private LiveFolder folder;
  private Checkpoints checkpoints;
  private Path database;
  private LiveLoader loader;
  private FlinkCluster cluster;
  private String job;
  private long counted;
  private int parallelism = TASK_MANAGERS;

  @BeforeEach
  void make() throws IOException {
    folder = new LiveFolder(directory.resolve("live"));
    folder.create();
    checkpoints = new Checkpoints(folder.checkpoints());
    database = MigratedFile.at(directory.resolve("test.duckdb"));
    loader = new DroppedFiles(folder).loader(database, "r1");
    loader.start();
  }

  @Test
  void killedProcessesAndARescaledJobLoseAndDoubleNothing() throws Exception {
    System.out.printf("%d kills of seed %d in %s%n", KILLS, SEED, directory);
    try (FlinkCluster started =
        FlinkCluster.start(directory.resolve("flink"), TASK_MANAGERS, 1, SHORT_LIVED)) {
      cluster = started;
      submit(Optional.empty());
      for (int kill = 1; kill <= KILLS; kill++) {
        Moment moment = Moment.values()[random.nextInt(Moment.values().length)];
        await(moment);
        AutopulseJar.pause(random.nextInt(moment.mostMillis));
        String what = "kill %d of seed %d, %s, ".formatted(kill, SEED, moment);
        if (kill % KILLS_PER_JOB_MANAGER == 3) {
          killJobManager(what + "the JobManager");
        } else if (parallelism < TASK_MANAGERS || random.nextInt(6) == 0) {
          // A job of one part runs on either.
          killTaskManagers(what + "all TaskManagers", 1, TASK_MANAGERS);
        } else {
          int victim = 1 + random.nextInt(TASK_MANAGERS);
          killTaskManagers(what + "TaskManager " + victim, victim, victim);
        }
        if (kill % KILLS_PER_PARALLELISM == 0) {
          rescale();
        }
      }
      rescale();
      Map<Integer, Long> end = CountedNumbers.lastNumbers(cluster.stopWithSavepoint(job));
      assertThat(end, is(aMapWithSize(PARTS)));
      check("the end of seed " + SEED, end);
    }
  }

  private void killJobManager(String what) throws Exception {
    cluster.killJobManager();
    Map<Integer, Long> lastNumbers = lastNumbers();
    cluster.startJobManager();
    check(what, lastNumbers);
    cluster.awaitTaskManagers(TASK_MANAGERS);
    submit(checkpoints.newest(said -> {}));
  }

  private void killTaskManagers(String what, int from, int to) throws Exception {
    long restarts = cluster.restarts(job);
    for (int victim = from; victim <= to; victim++) {
      cluster.killTaskManager(victim);
    }
    Map<Integer, Long> lastNumbers = lastNumbers();
    for (int victim = from; victim <= to; victim++) {
      cluster.startTaskManager(victim);
    }
    check(what, lastNumbers);
    cluster.awaitRestart(job, restarts);
    awaitCheckpoint();
  }

  private void rescale() {
    Path savepoint = cluster.stopWithSavepoint(job);
    parallelism = parallelism == 1 ? TASK_MANAGERS : 1;
    submit(Optional.of(savepoint));
  }

  private void awaitCheckpoint() {
    cluster.awaitRunning(job);
    cluster.awaitCheckpoint(job);
  }

  /** Reads the newest checkpoint, and again if another one takes its place meanwhile. */
  private Map<Integer, Long> lastNumbers() throws IOException {
    Path checkpoint = checkpoints.newest(said -> {}).orElseThrow();
    try {
      return CountedNumbers.lastNumbers(checkpoint);
    } catch (IOException e) {
      return CountedNumbers.lastNumbers(checkpoints.newest(said -> {}).orElseThrow());
    }
  }

  /** Loads what is dropped: each number that the checkpoint holds as counted, and each once. */
  private void check(String what, Map<Integer, Long> lastNumbers) throws SQLException {
    while (loader.hasWork()) {
      loader.load(LiveLoader.Look.AWAY);
    }
    List<Long> numbers =
        DroppedFiles.rows(database, "select origin from rejected_records").stream()
            .map(Long::valueOf)
            .toList();
    System.out.printf("%s %s: %d numbers%n", Instant.now(), what, numbers.size());
    assertThat(what + " lost", CountedNumbers.missing(numbers, lastNumbers, PARTS), is(empty()));
    assertThat(what + " doubled", CountedNumbers.doubled(numbers), is(empty()));
    long sum = lastNumbers.values().stream().mapToLong(Long::longValue).sum();
    assertThat(what + " stopped the job", sum, is(greaterThan(counted)));
    counted = sum;
  }

  /** When a process is killed: when something of that name begins, or a little later. */
  private enum Moment {
    ANY_TIME("", 1000),
    CHECKPOINT_BEGUN("chk-", 60),
    FILE_BEGUN(".", 300);

    private final String name;
    private final int mostMillis;

    Moment(String name, int mostMillis) {
      this.name = name;
      this.mostMillis = mostMillis;
    }
  }

  private void await(Moment moment) throws IOException {
    if (moment == Moment.ANY_TIME) {
      return;
    }
    Path changing =
        moment == Moment.FILE_BEGUN
            ? folder.of(LiveTable.REJECTED)
            : folder.checkpoints().resolve(job);
    Set<String> before = names(changing);
    for (int step = 0; step < MOST_STEPS_TO_WAIT; step++) {
      if (names(changing).stream()
          .anyMatch(name -> name.startsWith(moment.name) && !before.contains(name))) {
        return;
      }
      AutopulseJar.pause(1);
    }
    throw new AssertionError("no " + moment + " in " + changing + "\n" + cluster.logs());
  }

  private static Set<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  /** Starts the job, and waits until it makes checkpoints. */
  private void submit(Optional<Path> checkpoint) {
    Optional<String> restoreFrom = checkpoint.map(Path::toString);
    RunnerConfig live =
        new RunnerConfigReader(Map.of("AUTOPULSE_FLINK_MASTER", cluster.master()))
            .shipped("flink-cluster-live");
    PipelineOptions options =
        live.toPipelineOptions(
            List.of(
                "--checkpointingInterval=500",
                "--minPauseBetweenCheckpoints=100",
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
    job = FlinkJob.submit(pipeline, false, restoreFrom).id();
    awaitCheckpoint();
  }
}
