package io.autopulse.cli;

import io.autopulse.cli.launch.BackfillConsole;
import io.autopulse.cli.launch.BatchLauncher;
import io.autopulse.cli.launch.Version;
import io.autopulse.cli.options.IntervalOptions;
import io.autopulse.cli.options.ManifestOptions;
import io.autopulse.cli.options.RunnerOptions;
import io.autopulse.cli.summary.BackfillText;
import io.autopulse.pipeline.backfill.Backfill;
import io.autopulse.pipeline.backfill.BackfillPlan;
import io.autopulse.pipeline.backfill.BackfillRequest;
import io.autopulse.pipeline.run.RunSummary;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autopulse backfill}: a job over a range of past dates. */
@Command(
    name = "backfill",
    description = {
      "Recomputes the whole weeks and months around a range of business dates, a run a month.",
      "Publishes each month once its audits have passed; other dates stay as they are. "
          + "A backfill that was stopped goes on where it ended, if manifest and files are the same."
    })
final class BackfillCommand implements Callable<Integer> {
  /** How a range is divided. */
  private enum Chunks {
    MONTH,
    NONE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private ManifestOptions manifest;

  @Mixin private IntervalOptions interval;

  @Option(
      names = "--chunks",
      paramLabel = "month|none",
      defaultValue = "month",
      description = "A run for each calendar month, or one for the whole range (default: month).")
  private Chunks chunks;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How many chunks are computed at once, at most; they publish one after another (default: 1).")
  private int parallel;

  @Option(names = "--restart", description = "Compute again what is published already.")
  private boolean restart;

  @Option(
      names = "--dry-run",
      description = "Show the chunks, and what earlier runs say they take; start nothing.")
  private boolean dryRun;

  @Mixin private RunnerOptions runner;

  @Parameters(
      index = "1..*",
      paramLabel = "-- BEAM OPTIONS",
      description = "Beam's own options, as --name=value; they win over the runner configuration.")
  private List<String> beamArguments = new ArrayList<>();

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    BackfillRequest request =
        new BackfillRequest(
            manifest.read(),
            interval.readRequired(),
            chunks == Chunks.MONTH,
            parallel,
            restart,
            Version.current());
    Backfill backfill =
        new Backfill(
            request,
            () -> runner.pipelineOptions(beamArguments),
            System.getenv(),
            Clock.systemUTC());
    BackfillPlan plan = backfill.plan(err::println);
    if (dryRun) {
      out.print(BackfillText.plan(request, plan));
    } else if (plan.open().isEmpty()) {
      out.print(BackfillText.nothingToDo(request, plan));
    } else if (plan.chunks().size() == 1) {
      new BatchLauncher(command.commandLine())
          .launch(
              request.run(plan.chunks().get(0).dates()),
              manifest.name(),
              runner.pipelineOptions(beamArguments));
    } else {
      Map<Integer, RunSummary> runs =
          backfill.run(plan, new BackfillConsole(err, plan.chunks().size()));
      out.print(BackfillText.summary(request, plan, runs, backfill.filesChangedSince(plan)));
    }
    out.flush();
    return 0;
  }
}
