package io.autopulse.cli;

import io.autopulse.cli.launch.BatchLauncher;
import io.autopulse.cli.options.ManifestOptions;
import io.autopulse.cli.options.RunnerOptions;
import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.manifest.JobKind;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.yaml.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autopulse forecast}: the forecast of the weeks that follow a date. */
@Command(
    name = "forecast",
    description = {
      "Forecasts the weeks that follow what the warehouse knew on a date, adds them to the ledger once the audits have passed, and shows how earlier forecasts did.",
      "The same date and data give the same numbers and add nothing."
    },
    defaultValueProvider = ForecastCommand.ShippedManifest.class)
final class ForecastCommand implements Callable<Integer> {
  private static final String MANIFEST = "pipelines/weekly-forecast.yaml";

  @Mixin private ManifestOptions manifest;

  @Mixin private RunnerOptions runner;

  @Option(
      names = "--as-of",
      paramLabel = "DATE",
      description =
          "The last date whose knowledge is used, such as 2026-11-22 (default: the manifest's, or the last date that is over).")
  private @Nullable String asOf;

  @Option(
      names = "--horizon",
      paramLabel = "N",
      description = "How many periods are forecast (default: the manifest's, or 13).")
  private @Nullable String horizon;

  @Parameters(
      index = "1..*",
      paramLabel = "-- BEAM OPTIONS",
      description = "Beam's own options, as --name=value; they win over the runner configuration.")
  private List<String> beamArguments = new ArrayList<>();

  @Spec private CommandSpec command;

  /** Names the manifest that ships where the call names none. */
  static final class ShippedManifest implements IDefaultValueProvider {
    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
      return argument.isPositional() && argument.paramLabel().equals("MANIFEST") ? MANIFEST : null;
    }
  }

  @Override
  public Integer call() {
    Manifest job = read();
    new BatchLauncher(command.commandLine())
        .launch(
            job,
            manifest.name(),
            Optional.empty(),
            Optional.empty(),
            runner.pipelineOptions(beamArguments));
    return 0;
  }

  private Manifest read() {
    List<Setting> settings = new ArrayList<>();
    if (asOf != null) {
      settings.add(new Setting("--as-of", "forecast.as_of", asOf));
    }
    if (horizon != null) {
      settings.add(new Setting("--horizon", "forecast.horizon", horizon));
    }
    Manifest job = manifest.read(settings);
    if (job.kind() != JobKind.FORECAST) {
      throw new InputException(
          manifest.name(),
          "has no forecast section",
          "Name a manifest that has one, such as " + MANIFEST);
    }
    return job;
  }
}
