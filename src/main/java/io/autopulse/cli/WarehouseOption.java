package io.autopulse.cli;

import io.autopulse.domain.quality.InputException;
import io.autopulse.sink.DuckDbSettings;
import io.autopulse.sink.DuckDbWarehouse;
import io.autopulse.sink.Warehouse;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/**
 * The {@code --warehouse} option of the commands that read or make a warehouse without a manifest.
 */
final class WarehouseOption {
  private static final String DUCKDB = "duckdb:";

  @Option(
      names = "--warehouse",
      paramLabel = "URI",
      defaultValue = "${env:AUTOPULSE_WAREHOUSE:-duckdb:autopulse.duckdb}",
      description = "The warehouse, as duckdb:PATH (default: ${DEFAULT-VALUE}).")
  private String uri;

  /** Opens the warehouse. */
  Warehouse open(DuckDbSettings settings) {
    if (!uri.startsWith(DUCKDB) || uri.length() == DUCKDB.length()) {
      throw new InputException(
          "--warehouse " + uri, "this command reads DuckDB warehouses", "Write duckdb:PATH");
    }
    return DuckDbWarehouse.open(Path.of(uri.substring(DUCKDB.length())), settings);
  }
}
