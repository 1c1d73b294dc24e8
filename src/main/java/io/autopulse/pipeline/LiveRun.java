package io.autopulse.pipeline;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.feed.AbsentKeys;
import io.autopulse.pipeline.feed.FeedSources;
import io.autopulse.pipeline.flink.Checkpoints;
import io.autopulse.pipeline.flink.ClusterJobs;
import io.autopulse.pipeline.flink.FlinkJob;
import io.autopulse.pipeline.flink.LiveJob;
import io.autopulse.pipeline.live.FollowListener;
import io.autopulse.pipeline.live.FollowSummary;
import io.autopulse.pipeline.live.LiveOptions;
import io.autopulse.pipeline.live.LivePlan;
import io.autopulse.pipeline.live.LiveRoute;
import io.autopulse.pipeline.live.LiveStart;
import io.autopulse.pipeline.live.LiveStateFile;
import io.autopulse.pipeline.live.LoaderRoute;
import io.autopulse.pipeline.live.PipeRoute;
import io.autopulse.pipeline.live.StopRequest;
import io.autopulse.pipeline.manifest.KafkaSource;
import io.autopulse.pipeline.manifest.LiveSpec;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.market.LiveMarket;
import io.autopulse.pipeline.run.RunIds;
import io.autopulse.pipeline.runner.RunnerConfig;
import io.autopulse.pipeline.sales.LiveSales;
import io.autopulse.sink.live.LiveFolder;
import io.autopulse.sink.live.LiveLoad;
import io.autopulse.sink.live.LiveLock;
import io.autopulse.sink.live.LiveState;
import io.autopulse.sink.live.LiveTable;
import io.autopulse.source.topic.TopicCheck;
import io.autopulse.transform.record.RunProgress;
import io.autopulse.warehouse.WarehouseUri;
import io.autopulse.warehouse.runs.RunStart;
import io.autopulse.warehouse.snowflake.SnowflakeSettings;
import io.autopulse.warehouse.snowflake.SnowflakeWarehouse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * A run of a live job: the job on an embedded Flink and what follows its rows in one process
 * ({@link #run}), or the two apart ({@link #submit} to a cluster, {@link #follow} where the
 * warehouse is). A start goes on from the newest checkpoint of the live folder.
 */
public final class LiveRun {
  private final Manifest manifest;
  private final LiveSpec live;
  private final LiveRoute route;
  private final Clock clock;
  private final FollowListener listener;
  private final String version;

  /**
   * Prepares a run.
   *
   * @param environment the variables that say how to reach a warehouse in Snowflake
   * @param clock gives the run's times and what is now when the sources are idle; serializable
   * @param version of this program, for the log
   * @throws InputException if the manifest has no live section, or a variable must be mended
   */
  public LiveRun(
      Manifest manifest,
      Map<String, String> environment,
      Clock clock,
      FollowListener listener,
      String version) {
    this.manifest = manifest;
    this.clock = clock;
    this.listener = listener;
    this.version = version;
    live = manifest.live().orElseThrow(this::ends);
    route = route(environment);
  }

  private InputException ends() {
    return new InputException(
        manifest.places().of("job"),
        "the manifest has no live section, so its job has an end",
        "Add live: {panes: 10s}, or start it with: autopulse run");
  }

  private LiveRoute route(Map<String, String> environment) {
    String currency = manifest.currency().getCurrencyCode();
    if (manifest.warehouse() instanceof WarehouseUri.Snowflake snowflake) {
      SnowflakeWarehouse account =
          SnowflakeWarehouse.open(SnowflakeSettings.of(snowflake, environment), false);
      return new PipeRoute(account, folder(""), tables(), currency, live.flush(), clock, listener);
    }
    Path database = manifest.warehouse().duckDbFile();
    return new LoaderRoute(
        database,
        folder(database + ".live"),
        tables(),
        manifest.timezone(),
        currency,
        clock,
        listener);
  }

  private Set<LiveTable> tables() {
    return switch (manifest.kind()) {
      case LIVE_SALES -> manifest.trends().isPresent() ? LiveTable.OF_TRENDS : LiveTable.OF_SALES;
      case LIVE_MARKET -> LiveTable.OF_MARKET;
      default -> throw ends();
    };
  }

  /**
   * Returns the folder of this job alone.
   *
   * @param warehouse the folder that holds those of all jobs of a warehouse; empty where the job's
   *     name is enough
   */
  private LiveFolder folder(String warehouse) {
    Path byJob =
        warehouse.isEmpty()
            ? Path.of(manifest.job() + ".live")
            : Path.of(warehouse).resolve(manifest.job());
    LiveFolder folder = new LiveFolder(live.folder().orElse(byJob).toAbsolutePath());
    if (live.folder().isEmpty() && !warehouse.isEmpty()) {
      LiveStart.refuseSharedFolder(Path.of(warehouse).toAbsolutePath(), folder);
    }
    return folder;
  }

  /**
   * Runs the job on an embedded Flink and loads its files, until asked to stop.
   *
   * @param beamArguments Beam's own options, which win over the configuration
   * @throws InputException if the configuration is not one of an embedded Flink, or the warehouse,
   *     a topic or the checkpoint must be mended first
   */
  public FollowSummary run(RunnerConfig runner, List<String> beamArguments, StopRequest stop) {
    RunStart run = runStart();
    LiveLock lock = lock(run);
    try {
      return run(run, runner, beamArguments, stop);
    } finally {
      lock.close();
    }
  }

  private FollowSummary run(
      RunStart run, RunnerConfig runner, List<String> beamArguments, StopRequest stop) {
    Checkpoints checkpoints = new Checkpoints(route.folder().checkpoints());
    route.prepare();
    Optional<Path> restored = checkpoints.newest(listener::stage);
    PipelineOptions options = options(runner, beamArguments, restored);
    String master = options.as(FlinkPipelineOptions.class).getFlinkMaster();
    if (!master.equals(RunnerConfig.EMBEDDED_FLINK)) {
      throw new InputException(
          "runner configuration",
          "it is not that of an embedded Flink",
          "Use --runner-config flink-live, or submit to a cluster with flink-cluster-live");
    }
    LiveStart begin = begin(run, options);
    askForTopics();
    RunProgress.reset();
    restored.ifPresent(checkpoint -> listener.stage("going on from " + checkpoint));
    listener.stage("opening " + manifest.warehouse());
    LiveRoute.Started started = route.start(run, begin);
    LiveJob job;
    try {
      listener.stage("starting the job");
      begin.write();
      job =
          FlinkJob.submit(
              pipeline(options, run.runId(), begin), true, restored.map(Path::toString));
      restored.ifPresent(checkpoints::deleteAllBut);
    } catch (RuntimeException e) {
      started.fail(InputException.reason(e));
      throw e;
    }
    return follow(run, started, job, stop);
  }

  /**
   * Submits the job to a cluster and leaves it there.
   *
   * @return Flink's id of the job
   * @throws InputException if a topic or the checkpoint must be mended first
   */
  public String submit(RunnerConfig runner, List<String> beamArguments) {
    RunStart run = runStart();
    LiveLock lock = lock(run);
    try {
      return submit(run, runner, beamArguments);
    } finally {
      lock.close();
    }
  }

  private String submit(RunStart run, RunnerConfig runner, List<String> beamArguments) {
    route.prepare();
    Optional<Path> restored = new Checkpoints(route.folder().checkpoints()).newest(listener::stage);
    PipelineOptions options = options(runner, beamArguments, restored);
    ClusterJobs.requireFree(
        options.as(FlinkPipelineOptions.class).getFlinkMaster(), manifest.job());
    LiveStart begin = begin(run, options);
    askForTopics();
    LiveRoute.Submitted submitted = route.startElsewhere(run, begin);
    String job;
    try {
      begin.write();
      job =
          FlinkJob.submit(
                  pipeline(options, run.runId(), begin), false, restored.map(Path::toString))
              .id();
    } catch (RuntimeException e) {
      submitted.fail(InputException.reason(e));
      throw e;
    }
    submitted.done(job);
    return job;
  }

  /**
   * Loads the files that a job elsewhere drops, or watches what pipes load of it, until asked to
   * stop.
   */
  public FollowSummary follow(StopRequest stop) {
    RunStart run = runStart();
    listener.stage("opening " + manifest.warehouse());
    Optional<LiveState> state =
        LiveStateFile.read(route.folder())
            .map(file -> new LiveState(file.state(), false, file.readWarehouse()));
    return follow(run, route.join(run, state), LiveJob.ELSEWHERE, stop);
  }

  private LiveLock lock(RunStart run) {
    return LiveLock.take(route.folder(), run.job(), run.startedAt());
  }

  private LiveStart begin(RunStart run, PipelineOptions options) {
    Optional<String> restored =
        Optional.ofNullable(options.as(FlinkPipelineOptions.class).getSavepointPath());
    return LiveStart.of(manifest, live, route.folder(), run, restored, listener::stage);
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

  private RunStart runStart() {
    Instant now = clock.instant();
    return new RunStart(
        RunIds.next(now), manifest.job(), BusinessInterval.ALL, now, "FlinkRunner", version);
  }

  private FollowSummary follow(
      RunStart run, LiveRoute.Started started, LiveJob job, StopRequest stop) {
    LiveLoad total = started.follow(stop, job);
    return new FollowSummary(
        run.runId(),
        manifest.job(),
        manifest.warehouse().toString(),
        total,
        Duration.between(run.startedAt(), clock.instant()).toMillis() / 1e3,
        AbsentKeys.live(manifest.feeds(), RunProgress.keys()));
  }

  private PipelineOptions options(
      RunnerConfig runner, List<String> beamArguments, Optional<Path> restored) {
    PipelineOptions options =
        runner.toPipelineOptions(
            beamArguments, LiveOptions.flink(route.folder()), restored.map(Path::toString));
    if (options.getRunner() != FlinkRunner.class) {
      throw new InputException(
          "runner configuration",
          "a live job needs Flink: another runner keeps no checkpoint to go on from",
          "Use --runner-config flink-live");
    }
    LiveOptions.set(options);
    return options;
  }

  private Pipeline pipeline(PipelineOptions options, String runId, LiveStart begin) {
    options.setJobName(manifest.job() + "-" + runId.replace('_', '-'));
    FileSystems.setDefaultPipelineOptions(options);
    Pipeline pipeline = Pipeline.create(options);
    LivePlan plan = LivePlan.of(manifest, live, route.sink(runId), clock, begin.known());
    BiConsumer<Pipeline, LivePlan> build =
        switch (manifest.kind()) {
          case LIVE_SALES -> LiveSales::build;
          case LIVE_MARKET -> LiveMarket::build;
          default -> throw ends();
        };
    build.accept(pipeline, plan);
    return pipeline;
  }
}
