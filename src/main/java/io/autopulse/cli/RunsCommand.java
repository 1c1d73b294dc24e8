package io.autopulse.cli;

import io.autopulse.cli.options.FormatOption;
import io.autopulse.cli.options.WarehouseOption;
import io.autopulse.cli.summary.RunReportText;
import io.autopulse.cli.text.OutputFormat;
import io.autopulse.cli.text.RowPrinter;
import io.autopulse.cli.text.Rows;
import io.autopulse.cli.text.Terminal;
import io.autopulse.domain.problem.InputException;
import io.autopulse.report.RunLine;
import io.autopulse.report.RunReport;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the history of runs, or one run: {@code autopulse runs [RUN_ID]}. Reads only. */
@Command(
    name = "runs",
    description = "Lists the runs, newest first, or shows one: its feeds, audits and rejects.")
final class RunsCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN_ID",
      description = "One run to show; without it the history is listed.")
  private @Nullable String runId;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many runs to list (default: 20).")
  private int limit;

  @Mixin private FormatOption format;

  @Mixin private WarehouseOption warehouse;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new InputException("--limit " + limit, "it must be at least 1", "");
    }
    PrintWriter out = spec.commandLine().getOut();
    warehouse.read(
        "read the history of runs",
        connection -> {
          if (runId == null) {
            print(RunReportText.history(RunLine.last(connection, limit)), out);
          } else {
            show(find(connection, runId), out);
          }
        });
    return 0;
  }

  private static RunReport find(Connection connection, String id) throws SQLException {
    return RunReport.of(connection, id)
        .orElseThrow(
            () ->
                new InputException(
                    "run " + id,
                    "the warehouse knows no such run",
                    "List them with: autopulse runs"));
  }

  private void show(RunReport run, PrintWriter out) throws SQLException {
    if (format.read() != OutputFormat.TABLE) {
      print(RunReportText.facts(run), out);
      return;
    }
    String gap = "";
    for (Map.Entry<String, Rows> section : RunReportText.sections(run).entrySet()) {
      out.append(gap).append(section.getKey()).append('\n');
      print(section.getValue(), out);
      gap = "\n";
    }
  }

  private void print(Rows rows, PrintWriter out) throws SQLException {
    new RowPrinter(format.read(), Terminal.takesColours()).print(rows, out);
  }
}
