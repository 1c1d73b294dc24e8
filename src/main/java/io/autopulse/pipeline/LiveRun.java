package io.autopulse.pipeline;

import io.autopulse.domain.quality.InputException;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.manifest.KafkaSource;
import io.autopulse.pipeline.manifest.LiveSpec;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.RunnerConfig;
import io.autopulse.sink.LiveFolder;
import io.autopulse.sink.LiveLoad;
import io.autopulse.sink.LiveLoader;
import io.autopulse.sink.RunStart;
import io.autopulse.sink.WarehouseUri;
import io.autopulse.source.TopicCheck;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * A run of a live job: the job on an embedded Flink and its loader in one process ({@link #run}),
 * or the two apart ({@link #submit} to a cluster, {@link #follow} where the warehouse is). A start
 * goes on from the newest checkpoint of the live folder.
 */
public final class LiveRun {

  private final Manifest manifest;
  private final LiveSpec live;
  private final Path database;
  private final LiveFolder folder;
  private final Clock clock;
  private final FollowListener listener;
  private final String version;

  /**
   * Prepares a run.
   *
   * @param clock gives the run's times and what is now when the sources are idle; serializable
   * @param version of this program, for the log
   * @throws InputException if the manifest has no live section, or its warehouse is one that live
   *     jobs cannot load
   */
  public LiveRun(Manifest manifest, Clock clock, FollowListener listener, String version) {
    this.manifest = manifest;
    this.clock = clock;
    this.listener = listener;
    this.version = version;
    live =
        manifest
            .live()
            .orElseThrow(
                () ->
                    new InputException(
                        manifest.places().of("job"),
                        "the manifest has no live section, so its job has an end",
                        "Add live: {panes: 10s}, or start it with: autopulse run"));
    database = database(manifest);
    folder =
        new LiveFolder(live.folder().orElseGet(() -> Path.of(database + ".live")).toAbsolutePath());
  }

  /**
   * Runs the job on an embedded Flink and loads its files, until asked to stop.
   *
   * @param beamArguments Beam's own options, which win over the configuration
   * @throws InputException if the configuration is not one of an embedded Flink, or the warehouse,
   *     a topic or the checkpoint must be mended first
   */
  public FollowSummary run(RunnerConfig runner, List<String> beamArguments, StopRequest stop) {
    askForTopics();
    Checkpoints checkpoints = new Checkpoints(folder.checkpoints());
    folder.create();
    Optional<Path> restored = checkpoints.newest(listener::stage);
    restored.ifPresent(checkpoint -> listener.stage("going on from " + checkpoint));
    PipelineOptions options = options(runner, beamArguments, restored);
    String master = options.as(FlinkPipelineOptions.class).getFlinkMaster();
    if (!master.equals(RunnerConfig.EMBEDDED_FLINK)) {
      throw new InputException(
          "runner configuration",
          "it is not that of an embedded Flink",
          "Use --runner-config flink-live, or submit to a cluster with flink-cluster-live");
    }
    return follow(
        stop,
        runId -> {
          FlinkJob job =
              FlinkJob.submit(pipeline(options, runId), true, restored.map(Path::toString));
          restored.ifPresent(checkpoints::deleteAllBut);
          return job;
        });
  }

  /**
   * Submits the job to a cluster and leaves it there.
   *
   * @return Flink's id of the job
   * @throws InputException if a topic or the checkpoint must be mended first
   */
  public String submit(RunnerConfig runner, List<String> beamArguments) {
    askForTopics();
    folder.create();
    Optional<Path> restored = new Checkpoints(folder.checkpoints()).newest(listener::stage);
    PipelineOptions options = options(runner, beamArguments, restored);
    return FlinkJob.submit(
            pipeline(options, RunIds.next(clock.instant())), false, restored.map(Path::toString))
        .id();
  }

  /** Loads the files that a job elsewhere drops, until asked to stop. */
  public FollowSummary follow(StopRequest stop) {
    return follow(stop, runId -> LiveJob.ELSEWHERE);
  }

  private static Path database(Manifest manifest) {
    if (manifest.warehouse() instanceof WarehouseUri.DuckDb duckDb) {
      return duckDb.file();
    }
    throw new InputException(
        manifest.places().of("warehouse"),
        "live jobs publish to DuckDB; Snowflake is not served yet",
        "Name a file: duckdb:autopulse.duckdb");
  }

  // Flink would say a minute later, and less clearly, that a topic is not there.
  private void askForTopics() {
    manifest
        .feeds()
        .forEach(
            (feed, spec) -> {
              if (spec.source() instanceof KafkaSource kafka) {
                TopicCheck.require(
                    FeedSources.topic(kafka), manifest.places().of("feeds." + feed + ".from"));
              }
            });
  }

  /** Starts the job of a run. */
  @FunctionalInterface
  private interface JobStart {
    LiveJob of(String runId);
  }

  private FollowSummary follow(StopRequest stop, JobStart start) {
    Instant startedAt = clock.instant();
    String runId = RunIds.next(startedAt);
    LiveLoader loader =
        new LiveLoader(
            database,
            folder,
            new RunStart(
                runId, manifest.job(), BusinessInterval.ALL, startedAt, "FlinkRunner", version),
            manifest.currency().getCurrencyCode(),
            clock,
            listener::stage);
    listener.stage("opening " + manifest.warehouse());
    loader.start();
    LiveJob job = start(start, runId, loader);
    LiveLoad total = new FollowRun(loader, listener).run(stop, job);
    return new FollowSummary(
        runId,
        manifest.job(),
        manifest.warehouse().toString(),
        total,
        Duration.between(startedAt, clock.instant()).toMillis() / 1e3);
  }

  private LiveJob start(JobStart start, String runId, LiveLoader loader) {
    try {
      listener.stage("starting the job");
      return start.of(runId);
    } catch (RuntimeException e) {
      loader.fail(e.toString().lines().findFirst().orElse(""));
      throw e;
    }
  }

  private PipelineOptions options(
      RunnerConfig runner, List<String> beamArguments, Optional<Path> restored) {
    PipelineOptions options =
        runner.toPipelineOptions(
            beamArguments, LiveOptions.flink(folder), restored.map(Path::toString));
    if (options.getRunner() != FlinkRunner.class) {
      throw new InputException(
          "runner configuration",
          "a live job needs Flink: another runner keeps no checkpoint to go on from",
          "Use --runner-config flink-live");
    }
    LiveOptions.set(options);
    return options;
  }

  private Pipeline pipeline(PipelineOptions options, String runId) {
    options.setJobName(manifest.job() + "-" + runId.replace('_', '-'));
    FileSystems.setDefaultPipelineOptions(options);
    Pipeline pipeline = Pipeline.create(options);
    LiveSales.build(pipeline, LivePlan.of(manifest, live, folder, clock));
    return pipeline;
  }
}
