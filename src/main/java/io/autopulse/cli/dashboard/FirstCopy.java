package io.autopulse.cli.dashboard;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import io.autopulse.warehouse.serving.ServingFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes the serving copy that a dashboard begins with. Runs that publish later write their own, for
 * the folder is there then.
 */
final class FirstCopy {
  private FirstCopy() {}

  /**
   * Writes a copy if the latest is not that of the last run that published.
   *
   * @param database the warehouse's file
   * @param notice told who is waited for, and if an older copy has to do
   * @throws InputException if there is no copy and none can be made
   */
  static ServingFolder of(Path database, Consumer<String> notice) {
    return into(ServingFolder.of(database), database, notice);
  }

  /** Writes a copy to a folder, as {@link #of} does to the warehouse's own. */
  static ServingFolder into(ServingFolder folder, Path database, Consumer<String> notice) {
    try {
      Optional<String> current = folder.current();
      try {
        write(database, folder, current, notice);
      } catch (InputException e) {
        if (current.isEmpty()) {
          throw e;
        }
        notice.accept(
            e.getMessage() + "\nThe dashboard begins with the copy of run " + current.get());
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(
      Path database, ServingFolder folder, Optional<String> current, Consumer<String> notice)
      throws IOException {
    try (DuckDbWarehouse warehouse =
            DuckDbWarehouse.open(database, DuckDbSettings.COPY.withProgress(notice));
        Connection connection = warehouse.connect()) {
      List<String> pending = warehouse.pending();
      if (!pending.isEmpty()) {
        throw new InputException(
            database.toString(),
            "the schema is older than this program: " + String.join(", ", pending),
            "Bring it up to date with: autopulse migrate --warehouse duckdb:" + database);
      }
      String last =
          ServingFolder.lastPublished(connection)
              .orElseThrow(
                  () ->
                      new InputException(
                          database.toString(),
                          "no run has published to this warehouse yet",
                          "Run one first, such as: autopulse run pipelines/daily-refresh.yaml"));
      if (!current.equals(Optional.of(last))) {
        notice.accept("copying run " + last + " for the dashboard");
        folder.write(connection, last);
      }
    } catch (SQLException e) {
      throw new WarehouseException("write the serving copy", e);
    }
  }
}
