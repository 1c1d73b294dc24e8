package io.autopulse.cli;

import io.autopulse.cli.options.WarehouseOption;
import io.autopulse.domain.problem.InputException;
import io.autopulse.sink.publish.forecast.ForecastOverride;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code autopulse override}: a planner's number beside a forecast. */
@Command(
    name = "override",
    description = {
      "Puts a planner's number beside the forecast of a member and period, with who says so and why.",
      "The forecast stays as it is; of several numbers the last one counts."
    })
final class OverrideCommand implements Callable<Integer> {
  @Option(
      names = "--dimension",
      paramLabel = "DIMENSION",
      required = true,
      description = "Such as region, or \"region x model\".")
  private String dimension;

  @Option(
      names = "--member",
      paramLabel = "MEMBER",
      required = true,
      description = "As the forecast names it, such as \"RENAULT CLIO\".")
  private String member;

  @Option(
      names = "--period",
      paramLabel = "DATE",
      required = true,
      description = "The first day of the week or month, such as 2026-12-07.")
  private LocalDate period;

  @Option(names = "--units", paramLabel = "N", required = true, description = "The number, from 0.")
  private BigDecimal units;

  @Option(names = "--by", paramLabel = "WHO", required = true, description = "Who says so.")
  private String author;

  @Option(names = "--because", paramLabel = "WHY", required = true, description = "Why.")
  private String reason;

  @Option(
      names = "--grain",
      paramLabel = "GRAIN",
      defaultValue = "week",
      description = "week or month (default: week).")
  private String grain;

  @Mixin private WarehouseOption warehouse;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    if (units.signum() < 0) {
      throw new InputException("--units", units + " is less than nothing", "Write a number from 0");
    }
    try (Warehouse opened = warehouse.open(DuckDbSettings.RUN)) {
      opened.migrate();
      try (Connection connection = opened.connect()) {
        ForecastOverride override =
            new ForecastOverride(grain, dimension, member, period, units, author, reason);
        override.add(connection, Clock.systemUTC().instant());
        command.commandLine().getOut().println(override.describe());
      }
    } catch (SQLException e) {
      throw new WarehouseException("add the override", e);
    }
    return 0;
  }
}
