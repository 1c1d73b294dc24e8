package io.autopulse.pipeline;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.run.Inputs;
import io.autopulse.pipeline.feed.FeedSources;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.run.BatchJob;
import io.autopulse.pipeline.run.RunIds;
import io.autopulse.pipeline.run.RunInputs;
import io.autopulse.pipeline.run.RunListener;
import io.autopulse.pipeline.run.RunRequest;
import io.autopulse.pipeline.run.RunSummary;
import io.autopulse.sink.publish.AuditFailedException;
import io.autopulse.sink.publish.Basis;
import io.autopulse.sink.publish.OvertakenException;
import io.autopulse.sink.publish.PublishReport;
import io.autopulse.sink.publish.Publisher;
import io.autopulse.sink.staging.StagedRelations;
import io.autopulse.sink.staging.Staging;
import io.autopulse.sink.staging.StagingArea;
import io.autopulse.sink.staging.files.StagingFolder;
import io.autopulse.sink.staging.snowflake.SnowflakeStagingArea;
import io.autopulse.source.batch.FileSnapshot;
import io.autopulse.source.warehouse.WarehouseSnapshot;
import io.autopulse.transform.record.RunProgress;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.WarehouseUri;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import io.autopulse.warehouse.runs.RejectedRecords;
import io.autopulse.warehouse.runs.RunHistory;
import io.autopulse.warehouse.runs.RunLog;
import io.autopulse.warehouse.runs.RunStart;
import io.autopulse.warehouse.serving.ServingFolder;
import io.autopulse.warehouse.snowflake.SnowflakeSettings;
import io.autopulse.warehouse.snowflake.SnowflakeWarehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * One run of a job that ends, of any kind, from its sources to the published tables: the pipeline
 * stages, then this process audits and publishes. The warehouse is open only before and after the
 * pipeline, so that readers are not locked out while it computes. A run that dies anywhere leaves
 * the tables as they were; what it staged is deleted by the next run.
 */
public final class BatchRun {
  /** How often a run is computed that others overtake. */
  private static final int ATTEMPTS = 3;

  private final RunRequest request;
  private final PipelineOptions options;
  private final Clock clock;
  private final RunListener listener;
  private final Manifest manifest;
  private final Function<String, Warehouse> warehouses;
  private final StagingArea stagingArea;
  private final Lock turn;
  private final Optional<ServingFolder> serving;

  /**
   * Prepares a run.
   *
   * @param options where the pipeline runs
   * @param environment the variables that say how to reach a warehouse in Snowflake
   * @param clock gives the run's times and the business date of today
   * @throws InputException if a variable must be corrected
   */
  public BatchRun(
      RunRequest request,
      PipelineOptions options,
      Map<String, String> environment,
      Clock clock,
      RunListener listener) {
    this(request, options, environment, clock, listener, new ReentrantLock());
  }

  /**
   * Prepares one of several runs of this process.
   *
   * @param options where the pipeline runs; the run's own
   * @param environment the variables that say how to reach a warehouse in Snowflake
   * @param clock gives the run's times and the business date of today
   * @param turn held while the run uses the warehouse; the other runs of this process have the same
   * @throws InputException if a variable must be corrected
   */
  public BatchRun(
      RunRequest request,
      PipelineOptions options,
      Map<String, String> environment,
      Clock clock,
      RunListener listener,
      Lock turn) {
    this.request = request;
    this.options = options;
    this.clock = clock;
    this.listener = listener;
    this.turn = turn;
    manifest = request.manifest();
    if (manifest.warehouse() instanceof WarehouseUri.Snowflake snowflake) {
      SnowflakeWarehouse account =
          SnowflakeWarehouse.open(SnowflakeSettings.of(snowflake, environment), false);
      warehouses = runId -> account;
      stagingArea = SnowflakeStagingArea.of(account);
      serving = Optional.empty();
    } else {
      Path database = manifest.warehouse().duckDbFile();
      DuckDbSettings settings = DuckDbSettings.RUN.withProgress(listener::stage);
      warehouses = runId -> DuckDbWarehouse.open(database, settings.heldBy("run " + runId));
      stagingArea =
          StagingFolder.of(
              manifest.staging().orElseGet(() -> Path.of(database + ".staging")).toAbsolutePath());
      serving = Optional.of(ServingFolder.of(database));
    }
  }

  /**
   * Runs.
   *
   * @throws InputException if the manifest, the landing zone or the warehouse must be corrected
   *     first
   * @throws AuditFailedException if an audit failed: nothing was published, the staged files are
   *     kept
   * @throws OvertakenException if another run has published some of the same windows meanwhile
   */
  public RunSummary run() {
    Instant startedAt = clock.instant();
    BatchJob job = BatchJobs.of(request, startedAt);
    FileSystems.setDefaultPipelineOptions(options);
    String runId = RunIds.next(startedAt);
    Staging staging = stagingArea.staging(runId, job.bytes(), job.tables());
    Map<Feed, List<RawBlock>> replayed =
        request.replay().map(replay -> rejectedRecords(runId, replay)).orElse(Map.of());
    Built built =
        buildWhile(
            () -> start(runId, job, startedAt, staging),
            made -> job.build(made, staging, replayed),
            runId);
    try {
      Computed computed = compute(built.pipeline());
      Basis basis = built.basis().of(computed.inputs());
      return publish(runId, job, startedAt, staging, basis, computed);
    } catch (AuditFailedException e) {
      throw e;
    } catch (RuntimeException e) {
      fail(runId, e);
      deleteStaged(runId, e);
      throw e;
    }
  }

  /**
   * Runs, and computes again what another run has overtaken, as a run of its own.
   *
   * @throws OvertakenException if it is overtaken each time
   */
  public RunSummary runUntilNotOvertaken() {
    for (int attempt = 1; ; attempt++) {
      try {
        return run();
      } catch (OvertakenException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        listener.stage("computing again: run " + e.overtaking() + " has published meanwhile");
      }
    }
  }

  private void deleteStaged(String runId, RuntimeException problem) {
    try {
      stagingArea.delete(runId);
    } catch (RuntimeException e) {
      // The next run deletes it.
      problem.addSuppressed(e);
    }
  }

  private Map<Feed, List<RawBlock>> rejectedRecords(String runId, RunRequest.Replay replay) {
    turn.lock();
    try (Warehouse warehouse = warehouses.apply(runId)) {
      warehouse.migrate();
      return new RejectedRecords(warehouse).blocks(replay.runId(), replay.code());
    } finally {
      turn.unlock();
    }
  }

  private Basis start(String runId, BatchJob job, Instant startedAt, Staging staging) {
    turn.lock();
    try (Warehouse warehouse = warehouses.apply(runId)) {
      warehouse.migrate();
      // Before anything is read back: what publishes after this look has overtaken the run.
      Basis basis = basis(warehouse);
      List<String> abandoned =
          new RunLog(warehouse, clock)
              .start(
                  new RunStart(
                      runId,
                      manifest.job(),
                      job.requested(),
                      startedAt,
                      runner(),
                      request.version()));
      abandoned.forEach(stagingArea::delete);
      prepare(runId, job, staging, warehouse);
      return basis;
    } finally {
      turn.unlock();
    }
  }

  private static Basis basis(Warehouse warehouse) {
    try (Connection connection = warehouse.connect()) {
      return Basis.after(RunHistory.of(connection));
    } catch (SQLException e) {
      throw new WarehouseException("read the runs that have published", e);
    }
  }

  private void prepare(String runId, BatchJob job, Staging staging, Warehouse warehouse) {
    try {
      staging.prepare();
      readBack(job, staging, warehouse);
    } catch (RuntimeException e) {
      fail(runId, e);
      deleteStaged(runId, e);
      throw e;
    }
  }

  private void readBack(BatchJob job, Staging staging, Warehouse warehouse) {
    List<WarehouseSnapshot.Query> queries = job.readBack(staging);
    if (queries.isEmpty()) {
      return;
    }
    try (Connection connection = warehouse.connect()) {
      WarehouseSnapshot.take(connection, RunLog.publications(), queries);
    } catch (SQLException e) {
      throw new WarehouseException("read back what the feeds need", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Opening and migrating the warehouse and loading the runner's classes each take about a second:
  // side by side.
  private Built buildWhile(Supplier<Basis> start, Consumer<Pipeline> build, String runId) {
    listener.stage("opening " + manifest.warehouse() + " for run " + runId);
    CompletableFuture<Basis> started = CompletableFuture.supplyAsync(start);
    options.setJobName(manifest.job() + "-" + runId.replace('_', '-'));
    Pipeline pipeline = Pipeline.create(options);
    build.accept(pipeline);
    try {
      return new Built(pipeline, started.join());
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /**
   * A run that has been logged.
   *
   * @param pipeline what it computes
   * @param basis which runs had published before
   */
  private record Built(Pipeline pipeline, Basis basis) {}

  private Computed compute(Pipeline pipeline) {
    long started = System.nanoTime();
    listener.stage("looking at the files");
    FileSnapshot files = FileSnapshot.take(FeedSources.files(manifest.feeds().values()), clock);
    RunProgress.reset();
    listener.stage("reading");
    PipelineResult.State state;
    try {
      state = pipeline.run().waitUntilFinish();
    } catch (RuntimeException e) {
      throw files.reasonOf(e);
    }
    files.requireUnchanged();
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException("the pipeline ended " + state);
    }
    return new Computed(RunInputs.of(request, files), secondsSince(started));
  }

  /**
   * What a pipeline did.
   *
   * @param inputs what it was made of
   * @param seconds its wall time
   */
  private record Computed(Optional<Inputs> inputs, double seconds) {}

  private RunSummary publish(
      String runId,
      BatchJob job,
      Instant startedAt,
      Staging staging,
      Basis basis,
      Computed computed) {
    listener.stage("auditing and publishing");
    turn.lock();
    try (Warehouse warehouse = warehouses.apply(runId);
        Connection connection = warehouse.connect()) {
      StagedRelations staged = staging.attach(connection, manifest.currency().getCurrencyCode());
      PublishReport report;
      try {
        report =
            new Publisher(connection, clock)
                .publish(job.publication(runId, runner(), staging.place()), basis);
      } catch (AuditFailedException e) {
        serve(connection, runId);
        throw e;
      }
      serve(connection, runId);
      RunSummary summary =
          RunSummary.of(
              runId,
              request,
              job,
              report,
              staged,
              connection,
              computed.seconds(),
              clock.instant().toEpochMilli() / 1e3 - startedAt.toEpochMilli() / 1e3);
      deleteOldStaging(warehouse);
      return summary;
    } catch (SQLException e) {
      throw new WarehouseException("publish run " + runId, e);
    } finally {
      turn.unlock();
    }
  }

  // Dashboards see what was published, and what failed. They show the copy before if there is none.
  private void serve(Connection connection, String runId) {
    try {
      if (serving.isPresent() && serving.get().exists()) {
        serving.get().write(connection, runId);
      }
    } catch (SQLException | IOException | RuntimeException e) {
      listener.stage("the dashboard does not see this run yet: " + InputException.reason(e));
    }
  }

  // What is published is published: staging that cannot be deleted is the next run's to delete.
  private void deleteOldStaging(Warehouse warehouse) {
    try {
      stagingArea.deleteAllBut(new RunLog(warehouse, clock)::running);
    } catch (RuntimeException e) {
      listener.stage("published; what was staged is still there: " + InputException.reason(e));
    }
  }

  private void fail(String runId, RuntimeException problem) {
    turn.lock();
    try (Warehouse warehouse = warehouses.apply(runId)) {
      new RunLog(warehouse, clock).fail(runId, InputException.reason(problem));
      try (Connection connection = warehouse.connect()) {
        serve(connection, runId);
      }
    } catch (RuntimeException | SQLException e) {
      // What went wrong first is what the person must see.
      problem.addSuppressed(e);
    } finally {
      turn.unlock();
    }
  }

  private String runner() {
    return options.getRunner().getSimpleName();
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
