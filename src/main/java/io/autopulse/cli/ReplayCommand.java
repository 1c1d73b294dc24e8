package io.autopulse.cli;

import io.autopulse.cli.launch.BatchLauncher;
import io.autopulse.cli.options.IntervalOptions;
import io.autopulse.cli.options.ManifestOptions;
import io.autopulse.cli.options.RunnerOptions;
import io.autopulse.pipeline.run.RunRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autopulse replay}: a job with the rejected records of an earlier run. */
@Command(
    name = "replay",
    description = {
      "Runs the job once more, with the records that an earlier run rejected.",
      "They are read beside the manifest's feeds: once the manifest or the reference data is mended, they are published with the rest. "
          + "Give --from and --to if their sales are older than the manifest's lookback."
    })
final class ReplayCommand implements Callable<Integer> {
  @Mixin private ManifestOptions manifest;

  @Mixin private IntervalOptions interval;

  @Option(
      names = "--run",
      required = true,
      paramLabel = "ID",
      description = "The run whose rejected records are read again.")
  private String run;

  @Option(
      names = "--code",
      paramLabel = "CODE",
      description = "Only records rejected under this code, such as FOREIGN_CURRENCY.")
  private @Nullable String code;

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
            interval.read(),
            Optional.of(new RunRequest.Replay(run, Optional.ofNullable(code))),
            runner.pipelineOptions(beamArguments));
    return 0;
  }
}
