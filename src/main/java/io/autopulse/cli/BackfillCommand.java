package io.autopulse.cli;

import io.autopulse.cli.launch.BatchLauncher;
import io.autopulse.cli.options.IntervalOptions;
import io.autopulse.cli.options.ManifestOptions;
import io.autopulse.cli.options.RunnerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autopulse backfill}: a job over a range of past dates. */
@Command(
    name = "backfill",
    description = {
      "Recomputes the whole weeks and months around a range of business dates.",
      "Publishes them once the audits have passed; other dates stay as they are."
    })
final class BackfillCommand implements Callable<Integer> {
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
    new BatchLauncher(command.commandLine())
        .launch(
            manifest.read(),
            manifest.name(),
            Optional.of(interval.readRequired()),
            Optional.empty(),
            runner.pipelineOptions(beamArguments));
    return 0;
  }
}
