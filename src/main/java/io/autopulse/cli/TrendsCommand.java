package io.autopulse.cli;

import io.autopulse.cli.options.FormatOption;
import io.autopulse.cli.options.WarehouseOption;
import io.autopulse.cli.summary.TrendReportText;
import io.autopulse.cli.text.OutputFormat;
import io.autopulse.cli.text.RowPrinter;
import io.autopulse.domain.problem.InputException;
import io.autopulse.report.TrendReport;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code autopulse trends}: what rose and fell, and whether that is more than noise. Reads only.
 */
@Command(
    name = "trends",
    description = {
      "Shows what rose and fell in the last weeks, with its change of share, and whether that is more than usual noise.",
      "Reads what the trend job published: autopulse run pipelines/trend-features.yaml."
    })
final class TrendsCommand implements Callable<Integer> {
  private static final List<Integer> WEEKS = List.of(4, 13);

  @Option(
      names = "--by",
      paramLabel = "DIMENSION",
      split = ",",
      description =
          "model, powertrain, region, or any other dimension of the trend job; several with commas (default: model,powertrain,region if the trend job has them, or else all that it has).")
  private List<String> dimensions = List.of();

  @Option(
      names = "--weeks",
      paramLabel = "WEEKS",
      defaultValue = "4",
      description = "4 or 13: as many weeks against as many before (default: 4).")
  private int weeks;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "5",
      description = "At most so many risers and so many fallers of each dimension (default: 5).")
  private int top;

  @Mixin private FormatOption format;

  @Mixin private WarehouseOption warehouse;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (!WEEKS.contains(weeks)) {
      throw new InputException("--weeks", weeks + " is neither 4 nor 13", "Write 4 or 13");
    }
    if (top < 1) {
      throw new InputException("--top", top + " is less than one", "Write a number from 1");
    }
    PrintWriter out = spec.commandLine().getOut();
    warehouse.read("read the trends", connection -> show(connection, out));
    return 0;
  }

  private void show(Connection connection, PrintWriter out) throws SQLException {
    TrendReport report = TrendReport.of(connection, weeks, top, dimensions);
    if (format.read() == OutputFormat.TABLE) {
      out.print(TrendReportText.page(report));
      out.flush();
    } else {
      new RowPrinter(format.read(), false).print(TrendReportText.rows(report), out);
    }
  }
}
