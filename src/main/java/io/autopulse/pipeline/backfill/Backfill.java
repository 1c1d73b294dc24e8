package io.autopulse.pipeline.backfill;

import io.autopulse.domain.run.Inputs;
import io.autopulse.domain.run.PublishedRuns;
import io.autopulse.pipeline.BatchJobs;
import io.autopulse.pipeline.BatchRun;
import io.autopulse.pipeline.Warehouses;
import io.autopulse.pipeline.feed.FeedSources;
import io.autopulse.pipeline.run.RunInputs;
import io.autopulse.pipeline.run.RunRequest;
import io.autopulse.pipeline.run.RunSummary;
import io.autopulse.source.batch.FileSnapshot;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.WarehouseUri;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.runs.RunHistory;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * A job over a range of past dates. Each chunk is a run of its own, audited and published in one
 * transaction. Chunks are computed side by side if they share no window, and published one after
 * another: so a week that lies in two months is computed by the second of them after the first has
 * published. A backfill that is killed leaves what it has published, and the next one goes on.
 */
public final class Backfill {
  private final BackfillRequest request;
  private final Supplier<PipelineOptions> options;
  private final Map<String, String> environment;
  private final Clock clock;

  /**
   * Prepares a backfill.
   *
   * @param options says where a pipeline runs, anew for each
   * @param environment the variables that say how to reach a warehouse in Snowflake
   * @param clock gives the runs' times and the business date of today
   */
  public Backfill(
      BackfillRequest request,
      Supplier<PipelineOptions> options,
      Map<String, String> environment,
      Clock clock) {
    this.request = request;
    this.options = options;
    this.environment = Map.copyOf(environment);
    this.clock = clock;
  }

  /**
   * Looks at the sources and the history of the warehouse, and changes nothing.
   *
   * @param progress told who is waited for
   * @throws InputException if the job has no range of dates, or a source or the warehouse must be
   *     corrected first
   */
  public BackfillPlan plan(Consumer<String> progress) {
    RunRequest whole = request.run(request.range());
    FileSystems.setDefaultPipelineOptions(options.get());
    BatchJobs.of(whole, clock.instant());
    return BackfillPlan.of(request, inputs(), history(progress));
  }

  private Optional<Inputs> inputs() {
    return RunInputs.of(
        request.run(request.range()),
        FileSnapshot.take(FeedSources.files(request.manifest().feeds().values()), clock));
  }

  /**
   * Returns what has published; nothing if the warehouse is not there, or of an earlier release.
   */
  private PublishedRuns history(Consumer<String> progress) {
    WarehouseUri uri = request.manifest().warehouse();
    if (!(uri instanceof WarehouseUri.Snowflake) && !Files.exists(uri.duckDbFile())) {
      return new PublishedRuns(List.of());
    }
    DuckDbSettings settings = DuckDbSettings.RUN.withReadOnly(true).withProgress(progress);
    try (Warehouse warehouse = Warehouses.open(uri, settings, environment)) {
      if (!warehouse.pending().isEmpty()) {
        return new PublishedRuns(List.of());
      }
      try (Connection connection = warehouse.connect()) {
        return RunHistory.of(connection);
      }
    } catch (SQLException e) {
      throw new WarehouseException("read the history of runs", e);
    }
  }

  /**
   * Computes and publishes the open chunks of a plan. The first that fails ends it, once those that
   * are computed beside it have ended.
   *
   * @return the runs, by the number of their chunk
   * @throws RuntimeException as {@link BatchRun#run}
   */
  public SortedMap<Integer, RunSummary> run(BackfillPlan plan, BackfillListener listener) {
    Lock turn = new ReentrantLock(true);
    List<Chunk> open = plan.open();
    SortedMap<Integer, RunSummary> published = new TreeMap<>();
    long started = System.nanoTime();
    new SideBySide(open, request.parallel())
        .run(
            chunk -> {
              RunSummary summary =
                  new BatchRun(
                          request.run(chunk.dates()),
                          options.get(),
                          environment,
                          clock,
                          message -> listener.stage(chunk, message),
                          turn)
                      .runUntilNotOvertaken();
              synchronized (published) {
                published.put(chunk.number(), summary);
                listener.published(
                    chunk,
                    summary,
                    new BackfillListener.Progress(
                        published.size(),
                        open.size() - published.size(),
                        (System.nanoTime() - started) / 1e9));
              }
            });
    return published;
  }

  /** Tells whether files came or changed since a plan was made: some chunks may not have them. */
  public boolean filesChangedSince(BackfillPlan plan) {
    return plan.inputs().filter(Inputs::areFiles).isPresent() && !inputs().equals(plan.inputs());
  }
}
