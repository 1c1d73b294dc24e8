package io.autopulse.cli.launch;

import io.autopulse.cli.summary.RunSummaryText;
import io.autopulse.cli.text.Terminal;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.RefreshRun;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.run.RefreshRequest;
import io.autopulse.pipeline.run.RunSummary;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine;

/** Runs a refresh for a command: progress on standard error, the summary on standard output. */
public final class RefreshLauncher {
  private final PrintWriter out;
  private final PrintWriter err;

  /** Makes a launcher that prints where a command prints. */
  public RefreshLauncher(CommandLine commandLine) {
    out = commandLine.getOut();
    err = commandLine.getErr();
  }

  /** Runs, prints the summary and returns it. */
  public RunSummary launch(
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
