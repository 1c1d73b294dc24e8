package io.autopulse.cli.launch;

import io.autopulse.cli.summary.LiveSummaryText;
import io.autopulse.cli.text.Terminal;
import io.autopulse.pipeline.LiveRun;
import io.autopulse.pipeline.feed.AbsentKeys;
import io.autopulse.pipeline.live.FollowSummary;
import io.autopulse.pipeline.live.StopRequest;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.runner.RunnerConfig;
import io.autopulse.transform.record.RunProgress;
import io.autopulse.warehouse.WarehouseUri;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import picocli.CommandLine;

/**
 * Runs a live job for a command: its KPIs on standard error while it works, the summary on standard
 * output. Ctrl-C ends it cleanly: the job is cancelled, its checkpoint stays, what it dropped is
 * loaded.
 */
public final class LiveLauncher {
  /** Ctrl-C is answered within five seconds. */
  private static final Duration PATIENCE = Duration.ofMillis(4_500);

  private final PrintWriter out;
  private final PrintWriter err;

  /** Makes a launcher that prints where a command prints. */
  public LiveLauncher(CommandLine commandLine) {
    out = commandLine.getOut();
    err = commandLine.getErr();
  }

  /** Runs the job here, or submits it to a cluster. */
  public void run(
      Manifest manifest, String manifestName, RunnerConfig runner, List<String> beamArguments) {
    if (runner.isEmbeddedFlink() || !runner.runner().equals(RunnerConfig.Runner.FLINK)) {
      launch(manifest, manifestName, (run, stop) -> run.run(runner, beamArguments, stop));
      return;
    }
    try (LiveConsole console = console(manifest)) {
      String job =
          new LiveRun(manifest, System.getenv(), Clock.systemUTC(), console, Version.current())
              .submit(runner, beamArguments);
      out.printf(
          manifest.warehouse() instanceof WarehouseUri.Snowflake
              ? "Job %s is submitted. See what Snowpipe loads of it: autopulse follow %s%n"
              : "Job %s is submitted. Load what it drops, where the warehouse is: autopulse follow %s%n",
          job,
          manifestName);
      out.flush();
    }
  }

  /** Loads what a job elsewhere drops. */
  public void follow(Manifest manifest, String manifestName) {
    launch(manifest, manifestName, LiveRun::follow);
  }

  private void launch(
      Manifest manifest,
      String manifestName,
      BiFunction<LiveRun, StopRequest, FollowSummary> work) {
    StopRequest stop = new StopRequest();
    Thread hook = new Thread(() -> endCleanly(stop), "end-cleanly");
    Runtime.getRuntime().addShutdownHook(hook);
    try (LiveConsole console = console(manifest)) {
      FollowSummary summary =
          work.apply(
              new LiveRun(manifest, System.getenv(), Clock.systemUTC(), console, Version.current()),
              stop);
      out.print(LiveSummaryText.of(summary, manifestName));
      out.flush();
    } finally {
      stop.end();
    }
  }

  private LiveConsole console(Manifest manifest) {
    return new LiveConsole(
        err,
        Terminal.takesColours(),
        manifest,
        Clock.systemUTC(),
        () -> AbsentKeys.live(manifest.feeds(), RunProgress.keys()));
  }

  private static void endCleanly(StopRequest stop) {
    stop.request();
    try {
      stop.awaitEnd(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
