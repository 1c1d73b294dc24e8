package io.autopulse.pipeline.live;

import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.flink.Checkpoints;
import io.autopulse.pipeline.manifest.LiveSpec;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.sink.live.LiveFolder;
import io.autopulse.sink.live.LiveState;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.runs.RunStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a run of a live job begins: it goes on with the state that a checkpoint holds, if that
 * belongs to the job and fits its manifest, or it begins a new state with the sales that the
 * warehouse knows.
 */
public final class LiveStart {
  /** What to do when a state cannot be gone on with. */
  static final String REMEDY =
      "Undo the change; or start anew: move this folder away, and the job reads its sources from their beginning "
          + "and takes the sales of the correction horizon from the warehouse (docs/runbooks/live-sales.md)";

  private final Manifest manifest;
  private final LiveSpec live;
  private final LiveFolder folder;
  private final RunStart run;
  private final StateManifest depends;
  private final Optional<LiveStateFile> before;
  private Optional<LocalDate> knownSince;
  private boolean readWarehouse;

  private LiveStart(
      Manifest manifest,
      LiveSpec live,
      LiveFolder folder,
      RunStart run,
      StateManifest depends,
      Optional<LiveStateFile> before) {
    this.manifest = manifest;
    this.live = live;
    this.folder = folder;
    this.run = run;
    this.depends = depends;
    this.before = before;
    knownSince = before.flatMap(LiveStateFile::knownSince);
    readWarehouse = before.map(LiveStateFile::readWarehouse).orElse(manifest.kpis().isEmpty());
  }

  /**
   * Returns how a run begins.
   *
   * @param restored the checkpoint or savepoint that it goes on from; empty for none
   * @param progress told of values of the manifest that do not apply
   * @throws InputException if the state is that of another job or manifest
   */
  public static LiveStart of(
      Manifest manifest,
      LiveSpec live,
      LiveFolder folder,
      RunStart run,
      Optional<String> restored,
      Consumer<String> progress) {
    StateManifest depends = StateManifest.of(manifest, live);
    Optional<LiveStateFile> before = LiveStateFile.read(folder);
    String checkpoints = folder.checkpoints().toString();
    before.ifPresent(file -> requireOwn(manifest, folder, file));
    if (restored.isEmpty()) {
      return new LiveStart(manifest, live, folder, run, depends, Optional.empty());
    }
    LiveStateFile state =
        before.orElseThrow(
            () ->
                new InputException(
                    checkpoints,
                    "there is no job.yaml beside the checkpoints: they are of a release whose state cannot be gone on with",
                    REMEDY));
    depends.requireSince(state.manifest(), manifest, checkpoints);
    for (StateManifest.Difference kept : depends.keptSince(state.manifest())) {
      progress.accept(
          "%s stays %s: it is part of the checkpoint".formatted(kept.path(), kept.before()));
    }
    LiveStart start =
        new LiveStart(
            manifest, live, folder, run, depends.keeping(state.manifest()), Optional.of(state));
    start.known().ifPresent(LiveStart::requireThere);
    return start;
  }

  private static void requireOwn(Manifest manifest, LiveFolder folder, LiveStateFile state) {
    String job = state.manifest().values().getOrDefault("job", "");
    if (!job.equals(manifest.job())) {
      throw new InputException(
          manifest.places().of("job"),
          "the live folder %s is that of the job %s".formatted(folder.root(), job),
          "Give %s a folder of its own: live.folder; if the job was renamed, move %s away and start anew"
              .formatted(manifest.job(), folder.checkpoints()));
    }
  }

  private static void requireThere(KnownSales known) {
    if (!Files.exists(known.file())) {
      throw new InputException(
          known.file().toString(),
          "the sales that the job took from the warehouse when it began are not there any more, and it may not have read them all",
          "Put the file back; or start anew: move the job's checkpoints away");
    }
  }

  /** Returns the state that the run goes on with. */
  LiveState state() {
    return new LiveState(stateId(), before.isEmpty(), readWarehouse);
  }

  private String stateId() {
    return before.map(LiveStateFile::state).orElse(run.runId());
  }

  /** Returns the sales that were taken from the warehouse when the state began. */
  public Optional<KnownSales> known() {
    return knownSince.map(since -> KnownSales.of(folder, stateId(), since));
  }

  /**
   * Takes what a new state must know from the warehouse. Does nothing for a job of market data, or
   * one that goes on.
   *
   * @param warehouse where nothing waits to be loaded of earlier states
   */
  void begin(Warehouse warehouse, Consumer<String> progress) {
    if (before.isEmpty() && manifest.kpis().isPresent()) {
      LocalDate since = KnownSales.since(run.startedAt(), live.corrections(), manifest);
      if (KnownSales.of(folder, stateId(), since).take(warehouse, manifest, progress)) {
        knownSince = Optional.of(since);
      }
      readWarehouse = true;
    }
  }

  /** Writes what the checkpoints of this run belong to; called before there can be any. */
  public void write() {
    new LiveStateFile(stateId(), knownSince, readWarehouse, depends).write(folder);
  }

  /** Returns the folder in which an earlier release kept the checkpoints of a warehouse's job. */
  public static void refuseSharedFolder(Path shared, LiveFolder own) {
    Checkpoints old = new Checkpoints(shared.resolve("checkpoints"));
    if (old.exist()) {
      throw new InputException(
          shared.toString(),
          "an earlier release kept the state of a live job here, which cannot be gone on with; now each job has a folder of its own, here "
              + own.root(),
          "Move %s away, and the folders with files that wait (sale_versions, sales_kpi_live, rejected_records, …) into %s; then start anew"
              .formatted(old.folder(), own.root()));
    }
  }
}
