package io.autopulse.warehouse.duckdb;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.Finding;
import io.autopulse.warehouse.SchemaVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Consumer;

/** Finds out whether a run could publish to a DuckDB file now. Leaves the file as it is. */
public final class DuckDbCheck {
  private DuckDbCheck() {}

  /**
   * Checks a file, and tells each finding when it is made.
   *
   * @param file the database file
   * @param findings told of each subject
   */
  public static void run(Path file, Consumer<Finding> findings) {
    if (!Files.isRegularFile(file)) {
      findings.accept(
          Finding.failed("file", "there is no warehouse " + file, "Make it: autopulse migrate"));
      return;
    }
    findings.accept(Finding.ok("file", file.toString()));
    if (!Files.isWritable(file)) {
      findings.accept(
          Finding.failed(
              "writable",
              "this user may not write " + file,
              "Give the user the right to write it"));
      return;
    }
    DuckDbSettings settings = DuckDbSettings.RUN.withLockWait(Duration.ZERO);
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(file, settings)) {
      findings.accept(Finding.ok("lock", "no other process holds the file"));
      findings.accept(writable(warehouse));
      findings.accept(SchemaVersion.of(warehouse));
    } catch (InputException e) {
      findings.accept(Finding.failed("lock", String.valueOf(e.getMessage()), ""));
    }
  }

  private static Finding writable(DuckDbWarehouse warehouse) {
    try (Connection connection = warehouse.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("begin transaction");
      statement.execute("create table autopulse_check (n bigint)");
      statement.execute("rollback");
      return Finding.ok("writable", "a table was made and undone");
    } catch (InputException e) {
      return Finding.failed("writable", String.valueOf(e.getMessage()), "");
    } catch (SQLException e) {
      return Finding.failed(
          "writable", "no table can be made: " + e.getMessage(), "Look at the disk and its rights");
    }
  }
}
