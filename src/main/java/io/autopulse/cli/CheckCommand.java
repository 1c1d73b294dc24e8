package io.autopulse.cli;

import io.autopulse.cli.options.WarehouseOption;
import io.autopulse.domain.problem.ExitCode;
import io.autopulse.warehouse.Finding;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says whether a run could use the warehouse as it is set up: {@code autopulse check}. */
@Command(
    name = "check",
    description = {
      "Says of a warehouse, a line each, what a run needs of it and how to mend what fails.",
      "DuckDB: file, lock, rights, schema version. Snowflake: login, role, warehouse, schema and its version,",
      "rights on tables, stage, pipes; how to log in is said by the environment, see docs/snowflake.md."
    })
final class CheckCommand implements Callable<Integer> {
  @Mixin private WarehouseOption warehouse;

  @Spec private CommandSpec spec;

  private boolean failed;

  @Override
  public Integer call() {
    warehouse.check(this::print);
    return failed ? ExitCode.INPUT : ExitCode.DONE;
  }

  private void print(Finding finding) {
    failed |= finding.outcome() == Finding.Outcome.FAILED;
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%-7s  %-14s  %s%s%n",
        word(finding.outcome()),
        finding.subject(),
        finding.detail(),
        finding.remedy().isEmpty() ? "" : ". " + finding.remedy());
    // A login may take its time: each line is seen when it is known.
    out.flush();
  }

  private static String word(Finding.Outcome outcome) {
    return switch (outcome) {
      case OK -> "ok";
      case FAILED -> "FAILED";
      case SKIPPED -> "skipped";
    };
  }
}
