package io.autopulse.warehouse.duckdb;

import java.nio.file.Path;

/**
 * Opens the database file that it is given, says so, and holds it until its standard input ends or
 * has a line. A second argument is the run that it opens the file for.
 */
public final class HoldingProcess {
  private HoldingProcess() {}

  public static void main(String[] arguments) throws Exception {
    DuckDbSettings settings =
        arguments.length == 1
            ? DuckDbSettings.RUN
            : DuckDbSettings.RUN.heldBy("run " + arguments[1]);
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(Path.of(arguments[0]), settings)) {
      System.out.println("holding " + warehouse.name());
      System.in.read();
    }
  }
}
