package io.autopulse.cli;

import io.autopulse.cli.options.WarehouseOption;
import io.autopulse.warehouse.MigrationReport;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Makes the warehouse, or brings its schema to this program's version: {@code autopulse migrate}.
 */
@Command(
    name = "migrate",
    description = "Makes the warehouse, or brings its tables to this program's version.")
final class MigrateCommand implements Callable<Integer> {
  @Mixin private WarehouseOption warehouse;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    DuckDbSettings settings =
        DuckDbSettings.RUN.withProgress(
            message -> {
              err.println(message);
              err.flush();
            });
    try (Warehouse open = warehouse.open(settings)) {
      MigrationReport report = open.migrate();
      report.applied().forEach(migration -> out.println("applied " + migration));
      out.println(open.name() + " is at version " + report.version());
      out.flush();
      return 0;
    }
  }
}
