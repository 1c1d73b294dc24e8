package io.autopulse.testing;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.BatchRun;
import io.autopulse.pipeline.manifest.ManifestReader;
import io.autopulse.pipeline.run.RunListener;
import io.autopulse.pipeline.run.RunRequest;
import io.autopulse.pipeline.run.RunSummary;
import io.autopulse.pipeline.runner.RunnerConfigReader;
import io.autopulse.pipeline.yaml.Setting;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run of the refresh in this process: what the command line does, without the start of a JVM.
 *
 * @param manifest the job's file
 * @param warehouse the database file
 * @param runner the shipped runner configuration
 * @param settings values in the place of the manifest's
 * @param interval the business dates; empty for the manifest's lookback
 * @param replay the run whose rejected records are read again
 */
public record Refresh(
    Path manifest,
    Path warehouse,
    String runner,
    List<String> settings,
    Optional<BusinessInterval> interval,
    Optional<RunRequest.Replay> replay) {
  /** Returns a run on the DirectRunner. */
  public static Refresh of(Path manifest, Path warehouse) {
    return new Refresh(
        manifest, warehouse, "direct", List.of(), Optional.empty(), Optional.empty());
  }

  /** Returns the same run by another shipped runner configuration. */
  public Refresh on(String other) {
    return new Refresh(manifest, warehouse, other, settings, interval, replay);
  }

  /** Returns the same run with values in the place of the manifest's, as {@code path=value}. */
  public Refresh with(String... values) {
    return new Refresh(manifest, warehouse, runner, List.of(values), interval, replay);
  }

  /** Returns the same run over some business dates, the last exclusive. */
  public Refresh over(String from, String to) {
    return new Refresh(
        manifest,
        warehouse,
        runner,
        settings,
        Optional.of(new BusinessInterval(LocalDate.parse(from), LocalDate.parse(to))),
        replay);
  }

  /** Returns the same run, reading all that an earlier run rejected again. */
  public Refresh replaying(String runId) {
    return new Refresh(
        manifest,
        warehouse,
        runner,
        settings,
        interval,
        Optional.of(new RunRequest.Replay(runId, Optional.empty())));
  }

  /** Runs. */
  public RunSummary run() {
    return run(stage -> {});
  }

  /** Runs, telling a listener of its stages. */
  public RunSummary run(RunListener listener) {
    List<Setting> values = new ArrayList<>(settings.stream().map(Setting::parse).toList());
    values.add(new Setting("warehouse", "warehouse", "duckdb:" + warehouse));
    return new BatchRun(
            new RunRequest(
                new ManifestReader(System.getenv()).read(manifest, values),
                interval,
                replay,
                "test"),
            new RunnerConfigReader(Map.of()).shipped(runner).toPipelineOptions(List.of()),
            System.getenv(),
            Clock.systemUTC(),
            listener)
        .run();
  }
}
