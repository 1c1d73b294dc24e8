package io.autopulse.testing;

import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/** A database file with empty core tables: migrated once a test process, then copied. */
public final class MigratedFile {
  private static final AtomicReference<byte[]> TEMPLATE = new AtomicReference<>();

  private MigratedFile() {}

  /** Writes the file. */
  public static Path at(Path file) throws IOException {
    synchronized (TEMPLATE) {
      if (TEMPLATE.get() == null) {
        Path first = Files.createTempDirectory("autopulse").resolve("template.duckdb");
        try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(first, DuckDbSettings.RUN)) {
          warehouse.migrate();
        }
        TEMPLATE.set(Files.readAllBytes(first));
        Files.delete(first);
        Files.delete(first.getParent());
      }
    }
    return Files.write(file, TEMPLATE.get());
  }
}
