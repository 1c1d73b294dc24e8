package io.autopulse.cli;

import io.autopulse.cli.launch.BatchLauncher;
import io.autopulse.cli.launch.LiveLauncher;
import io.autopulse.cli.options.IntervalOptions;
import io.autopulse.cli.options.ManifestOptions;
import io.autopulse.cli.options.RunnerOptions;
import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autopulse run}: the job that a manifest describes. */
@Command(
    name = "run",
    description = {
      "Reads the manifest's feeds, computes its KPIs and publishes them once the audits have passed.",
      "Without --from and --to it covers the manifest's lookback up to today.",
      "A manifest with a live section is followed until Ctrl-C."
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private ManifestOptions manifest;

  @Mixin private IntervalOptions interval;

  @Mixin private RunnerOptions runner;

  @Parameters(
      index = "1..*",
      paramLabel = "-- BEAM OPTIONS",
      description = "Beam's own options, as --name=value; they win over the runner configuration.")
  private List<String> beamArguments = new ArrayList<>();

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Manifest job = manifest.read();
    return job.live().isPresent() ? follow(job) : runOnce(job);
  }

  private int runOnce(Manifest job) {
    new BatchLauncher(command.commandLine())
        .launch(
            job,
            manifest.name(),
            interval.read(),
            Optional.empty(),
            runner.pipelineOptions(beamArguments));
    return 0;
  }

  private int follow(Manifest job) {
    if (interval.read().isPresent()) {
      throw new InputException(
          "--from and --to", "a live job has no range of dates", "Leave them out");
    }
    new LiveLauncher(command.commandLine())
        .run(job, manifest.name(), runner.readLive(), beamArguments);
    return 0;
  }
}
