package io.autopulse.cli;

import io.autopulse.cli.options.ManifestOptions;
import io.autopulse.cli.options.RunnerOptions;
import io.autopulse.cli.summary.RunSummaryText;
import io.autopulse.cli.text.TextTable;
import io.autopulse.cli.text.TextTable.Column;
import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.Reconcile;
import io.autopulse.pipeline.yaml.Scalars;
import io.autopulse.sink.live.snowflake.Reconciliation;
import io.autopulse.sink.live.snowflake.Reconciliation.Missing;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autopulse reconcile}: what a live job staged for Snowflake, and what is loaded of it. */
@Command(
    name = "reconcile",
    description = {
      "Compares the files that live jobs staged for Snowflake with those that Snowflake loaded,",
      "and names to Snowpipe again what is missing. Rows that are loaded twice do no harm."
    })
final class ReconcileCommand implements Callable<Integer> {
  private static final int SHOWN = 20;

  @Mixin private ManifestOptions manifest;

  @Mixin private RunnerOptions runner;

  @Option(names = "--dry-run", description = "Only show what is missing.")
  private boolean dryRun;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      defaultValue = "13d",
      description =
          "Compare files staged since then: 12h, 3d (default, and at most: ${DEFAULT-VALUE}; Snowflake keeps its history for 14 days).")
  private String since = "";

  @Option(
      names = "--min-age",
      paramLabel = "DURATION",
      defaultValue = "10m",
      description =
          "Leave out younger files, which may be on their way (default: ${DEFAULT-VALUE}).")
  private String minAge = "";

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "2m",
      description =
          "Wait so long for what was named again to be loaded (default: ${DEFAULT-VALUE}).")
  private String wait = "";

  @Parameters(
      index = "1..*",
      paramLabel = "-- BEAM OPTIONS",
      description = "Beam's own options, as --name=value, such as --awsRegion=eu-west-1.")
  private List<String> beamArguments = new ArrayList<>();

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Duration reach = duration("--since", since);
    Duration age = duration("--min-age", minAge);
    Duration patience = duration("--wait", wait);
    Reconcile reconcile =
        new Reconcile(
            manifest.read(),
            runner.pipelineOptions(beamArguments),
            System.getenv(),
            Clock.systemUTC());
    List<Reconciliation> found = reconcile.compare(reach, age);
    PrintWriter out = command.commandLine().getOut();
    out.print(table(found));
    long missing = missing(found);
    if (missing == 0) {
      out.println("Nothing is missing.");
      out.flush();
      return 0;
    }
    out.print(files(found));
    if (dryRun) {
      out.printf("%s missing; to have them loaded, leave out --dry-run.%n", countOfFiles(missing));
      out.flush();
      return 0;
    }
    out.printf("%s named to Snowpipe again.%n", countOfFiles(missing));
    out.flush();
    List<Reconciliation> after = reconcile.mend(found, patience);
    long left = missing(after);
    if (left == 0) {
      out.println("All of them are loaded.");
    } else {
      out.printf(
          "%s not loaded yet; look again later: autopulse reconcile %s%n",
          countOfFiles(left), manifest.name());
      out.print(files(after));
    }
    out.flush();
    return 0;
  }

  private static String countOfFiles(long files) {
    return files == 1 ? "1 file is" : String.format(Locale.ROOT, "%,d files are", files);
  }

  private static long missing(List<Reconciliation> tables) {
    return tables.stream().mapToLong(table -> table.missing().size()).sum();
  }

  private static String table(List<Reconciliation> tables) {
    TextTable text =
        TextTable.of(
            Column.text("table"),
            Column.number("staged"),
            Column.number("loaded"),
            Column.number("missing"),
            Column.number("not compared"));
    for (Reconciliation table : tables) {
      text.row(
          table.table(),
          RunSummaryText.count(table.staged()),
          RunSummaryText.count(table.loaded()),
          RunSummaryText.count(table.missing().size()),
          RunSummaryText.count(table.uncompared()));
    }
    return text.render();
  }

  private static String files(List<Reconciliation> tables) {
    StringBuilder text = new StringBuilder();
    for (Reconciliation table : tables) {
      List<Missing> missing = table.missing();
      for (Missing file : missing.subList(0, Math.min(SHOWN, missing.size()))) {
        text.append("missing  ").append(table.table()).append('/').append(file.name());
        text.append(", staged ").append(file.staged());
        file.error().ifPresent(error -> text.append(": ").append(error));
        text.append('\n');
      }
      if (missing.size() > SHOWN) {
        text.append("  and ").append(missing.size() - SHOWN).append(" more\n");
      }
    }
    return text.toString();
  }

  private static Duration duration(String option, String text) {
    try {
      return Scalars.duration().apply(text);
    } catch (InputException e) {
      throw e.at(option);
    }
  }
}
