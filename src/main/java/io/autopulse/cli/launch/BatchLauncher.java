package io.autopulse.cli.launch;

import io.autopulse.cli.summary.ForecastReportText;
import io.autopulse.cli.summary.RunSummaryText;
import io.autopulse.cli.text.Terminal;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.BatchRun;
import io.autopulse.pipeline.Warehouses;
import io.autopulse.pipeline.manifest.JobSpec;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.run.RunRequest;
import io.autopulse.pipeline.run.RunSummary;
import io.autopulse.report.ForecastReport;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine;

/**
 * Runs a job that ends for a command: progress on standard error, the summary on standard output.
 */
public final class BatchLauncher {
  private final PrintWriter out;
  private final PrintWriter err;

  /** Makes a launcher that prints where a command prints. */
  public BatchLauncher(CommandLine commandLine) {
    out = commandLine.getOut();
    err = commandLine.getErr();
  }

  /** Runs, prints the summary and returns it. */
  public RunSummary launch(
      Manifest manifest,
      String manifestName,
      Optional<BusinessInterval> interval,
      Optional<RunRequest.Replay> replay,
      PipelineOptions options) {
    return launch(
        new RunRequest(manifest, interval, replay, Version.current()), manifestName, options);
  }

  /** Runs what is asked for, prints the summary and returns it. */
  public RunSummary launch(RunRequest request, String manifestName, PipelineOptions options) {
    RunSummary summary;
    try (RunConsole console = new RunConsole(err, Terminal.takesColours())) {
      summary =
          new BatchRun(request, options, System.getenv(), Clock.systemUTC(), console)
              .runUntilNotOvertaken();
    }
    out.print(RunSummaryText.of(summary, manifestName));
    out.print(next(request.manifest()));
    out.flush();
    return summary;
  }

  private static String forecasts(Manifest manifest) {
    String grain = manifest.spec(JobSpec.Forecast.class).grain().toString();
    try (Warehouse warehouse =
            Warehouses.open(manifest.warehouse(), DuckDbSettings.QUERY, System.getenv());
        Connection connection = warehouse.connect()) {
      return ForecastReport.of(connection, grain, 0).map(ForecastReportText::page).orElse("");
    } catch (SQLException e) {
      throw new WarehouseException("read the forecasts", e);
    }
  }

  /** Returns what to look at next, where the summary does not show what was computed. */
  private static String next(Manifest manifest) {
    return switch (manifest.kind()) {
      case TRENDS ->
          String.format("%nSee: autopulse trends --warehouse %s%n", manifest.warehouse());
      case FORECAST -> forecasts(manifest);
      default ->
          String.format(
              "%nNext, the marts: autopulse marts --warehouse %s%n", manifest.warehouse());
    };
  }
}
