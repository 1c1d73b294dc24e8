package io.autopulse.warehouse.duckdb;

import java.nio.file.Path;

/**
 * Opens the database file that it is given, says so, and holds it until its standard input ends or
 * has a line.
 */
public final class HoldingProcess {
  private HoldingProcess() {}

  public static void main(String[] arguments) throws Exception {
    try (DuckDbWarehouse warehouse =
        DuckDbWarehouse.open(
            Path.of(arguments[0]), DuckDbSettings.RUN.ofRun("r20260329_030000_9f03ab"))) {
      System.out.println("holding " + warehouse.name());
      System.in.read();
    }
  }
}
