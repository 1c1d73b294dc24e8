package io.autopulse.cli;

import io.autopulse.cli.forecast.CsvForecast;
import io.autopulse.cli.forecast.WhatIfOptions;
import io.autopulse.cli.launch.BatchLauncher;
import io.autopulse.cli.options.ManifestOptions;
import io.autopulse.cli.options.RunnerOptions;
import io.autopulse.cli.summary.ForecastPage;
import io.autopulse.cli.summary.WhatIfText;
import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.Warehouses;
import io.autopulse.pipeline.forecast.KnownMembers;
import io.autopulse.pipeline.manifest.JobSpec;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.yaml.Setting;
import io.autopulse.report.ForecastReport;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
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

/**
 * {@code autopulse forecast}: the forecast of the weeks that follow a date, or of the series of a
 * CSV file.
 */
@Command(
    name = "forecast",
    description = {
      "Forecasts the weeks that follow what the warehouse knew on a date, adds them to the ledger once the audits have passed, and shows how earlier forecasts did.",
      "The same date and data give the same numbers and add nothing.",
      "With --csv it forecasts the series of a file instead, or measures how well past forecasts would have done."
    },
    defaultValueProvider = ForecastCommand.ShippedManifest.class)
final class ForecastCommand implements Callable<Integer> {
  private static final int USUAL_HORIZON = 13;

  /** So many members of each dimension have a chart. */
  private static final int MEMBERS = 5;

  private static final String MANIFEST = "pipelines/weekly-forecast.yaml";

  @Mixin private ManifestOptions manifest;

  @Mixin private RunnerOptions runner;

  @Mixin private CsvForecast csv = new CsvForecast();

  @Mixin private WhatIfOptions whatIf = new WhatIfOptions();

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
  private @Nullable Integer horizon;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Write a page for a browser: history, intervals and the naive line of the members that are expected to sell most.")
  private @Nullable Path report;

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
    if (csv.isAsked()) {
      forecastFile();
      return 0;
    }
    whatIf.check();
    Manifest job = read();
    if (whatIf.isAsked()) {
      command.commandLine().getOut().print(whatIf.answer(job));
      command.commandLine().getOut().flush();
      return 0;
    }
    if (report != null) {
      requireFolder(report);
    }
    new BatchLauncher(command.commandLine())
        .launch(
            job,
            manifest.name(),
            Optional.empty(),
            Optional.empty(),
            runner.pipelineOptions(beamArguments));
    Optional<KnownMembers> regressors = WhatIfOptions.known(job);
    command
        .commandLine()
        .getOut()
        .print(regressors.map(WhatIfText::ablation).orElse(WhatIfOptions.absence(job)));
    command.commandLine().getOut().flush();
    if (report != null) {
      write(job, report, regressors);
    }
    return 0;
  }

  private void forecastFile() {
    if (asOf != null || report != null || whatIf.isAsked()) {
      throw new InputException(
          asOf != null ? "--as-of" : report != null ? "--report" : "--what-if",
          "is for the forecast of the warehouse",
          "Leave it out, or leave --csv out");
    }
    csv.run(
        horizon == null ? USUAL_HORIZON : horizon,
        command.commandLine().getOut(),
        command.commandLine().getErr());
  }

  // Before the forecast is made, not after it.
  private static void requireFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || folder == null || !Files.isWritable(folder)) {
      throw new InputException(
          "--report " + file, "cannot be written", "Name a file in a folder that can be written");
    }
  }

  private void write(Manifest job, Path file, Optional<KnownMembers> regressors) {
    String grain = job.spec(JobSpec.Forecast.class).grain().toString();
    try (Warehouse warehouse =
            Warehouses.open(job.warehouse(), DuckDbSettings.QUERY, System.getenv());
        Connection connection = warehouse.connect()) {
      Optional<ForecastReport> made = ForecastReport.of(connection, grain, MEMBERS);
      if (made.isPresent()) {
        Files.writeString(file, ForecastPage.html(made.get(), regressors));
        command.commandLine().getOut().printf("%nReport: %s%n", file);
      }
    } catch (SQLException e) {
      throw new WarehouseException("read the forecasts", e);
    } catch (IOException e) {
      throw new InputException(
          "--report " + file, "cannot be written", "Name another file: the forecast is published");
    }
  }

  private Manifest read() {
    List<Setting> settings = new ArrayList<>();
    if (asOf != null) {
      settings.add(new Setting("--as-of", "forecast.as_of", asOf));
    }
    if (horizon != null) {
      settings.add(new Setting("--horizon", "forecast.horizon", horizon.toString()));
    }
    Manifest job = manifest.read(settings);
    if (job.kind() != JobSpec.Kind.FORECAST) {
      throw new InputException(
          manifest.name(),
          "has no forecast section",
          "Name a manifest that has one, such as " + MANIFEST);
    }
    return job;
  }
}
