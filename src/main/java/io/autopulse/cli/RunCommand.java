package io.autopulse.cli;

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
      "Without --from and --to it covers the manifest's lookback up to today."
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
    new RefreshLauncher(command.commandLine())
        .launch(
            manifest.read(),
            manifest.name(),
            interval.read(),
            Optional.empty(),
            runner.pipelineOptions(beamArguments));
    return 0;
  }
}
