package io.autopulse.cli;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.RefreshRequest;
import io.autopulse.pipeline.RefreshRun;
import io.autopulse.pipeline.RunSummary;
import io.autopulse.pipeline.manifest.Manifest;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine;

/** Runs a refresh for a command: progress on standard error, the summary on standard output. */
final class RefreshLauncher {
  private final PrintWriter out;
  private final PrintWriter err;

  RefreshLauncher(CommandLine commandLine) {
    out = commandLine.getOut();
    err = commandLine.getErr();
  }

  /** Runs, prints the summary and returns it. */
  RunSummary launch(
      Manifest manifest,
      String manifestName,
      Optional<BusinessInterval> interval,
      Optional<RefreshRequest.Replay> replay,
      PipelineOptions options) {
    RunSummary summary;
    try (RunConsole console = new RunConsole(err, Terminal.takesColours())) {
      summary =
          new RefreshRun(
                  new RefreshRequest(manifest, interval, replay, Version.current()),
                  options,
                  System.getenv(),
                  Clock.systemUTC(),
                  console)
              .run();
    }
    out.print(RunSummaryText.of(summary, manifestName));
    if (manifest.isTrends()) {
      out.println("\nSee: autopulse trends --warehouse " + manifest.warehouse());
    }
    out.flush();
    return summary;
  }
}
