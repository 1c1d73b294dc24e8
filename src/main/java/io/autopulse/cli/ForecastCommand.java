package io.autopulse.cli;

import io.autopulse.cli.forecast.CsvForecast;
import io.autopulse.domain.problem.InputException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code autopulse forecast}: forecasts the series of a CSV file, and measures forecasts. */
@Command(
    name = "forecast",
    description =
        "Forecasts the series of a CSV file, or measures how well past forecasts would have done.")
final class ForecastCommand implements Callable<Integer> {
  @Mixin private CsvForecast csv = new CsvForecast();

  @Option(
      names = "--horizon",
      paramLabel = "N",
      defaultValue = "13",
      description = "How many periods are forecast (default: 13).")
  private int horizon;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    if (!csv.isAsked()) {
      throw new InputException("forecast", "names no file", "Name one by --csv FILE");
    }
    csv.run(horizon, command.commandLine().getOut(), command.commandLine().getErr());
    return 0;
  }
}
