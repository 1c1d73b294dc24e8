package io.autopulse.warehouse.backup;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Copies of a DuckDB warehouse. A copy appears under its name when it is whole and its rows are
 * proved to be those of the original; beside it lies what they must be, {@code <file>.rows}.
 *
 * @param tables what the copy holds
 * @param bytes its size
 * @param lockedSeconds how long the warehouse was kept from others; 0 of a restore
 * @param seconds how long it took
 */
public record DuckDbBackup(
    TableFingerprints tables, long bytes, double lockedSeconds, double seconds) {
  /**
   * Takes a backup. Runs wait for it, as for each other.
   *
   * @param warehouse the database file
   * @param to the file of the backup
   * @param settings how to open the warehouse, and how long to wait for it
   * @throws InputException if the file is there already, cannot be written, or the warehouse cannot
   *     be opened
   */
  public static DuckDbBackup take(Path warehouse, Path to, DuckDbSettings settings) {
    long started = System.nanoTime();
    if (!Files.exists(warehouse)) {
      throw new InputException(
          warehouse.toString(), "there is no warehouse", "Name the one to back up: --warehouse");
    }
    Path part = begin(to);
    TableFingerprints tables;
    double locked;
    try (DuckDbWarehouse opened = DuckDbWarehouse.open(warehouse, settings)) {
      long taken = System.nanoTime();
      checkpoint(opened, warehouse);
      copy(warehouse, part);
      tables = TableFingerprints.of(opened);
      locked = secondsSince(taken);
    }
    finish(part, to, tables);
    return new DuckDbBackup(tables, size(to), locked, secondsSince(started));
  }

  /**
   * Restores a backup to a file of its own, and proves that every core table has the rows that the
   * original had.
   *
   * @param backup the file of the backup
   * @param to the database file to make
   * @throws InputException if that is there already, or a table differs: then it is not made
   */
  public static DuckDbBackup restore(Path backup, Path to) {
    long started = System.nanoTime();
    if (!Files.exists(backup)) {
      throw new InputException(backup.toString(), "there is no such backup", "Name another");
    }
    TableFingerprints tables = TableFingerprints.read(rowsOf(backup));
    Path part = begin(to);
    copy(backup, part);
    finish(part, to, tables);
    return new DuckDbBackup(tables, size(to), 0, secondsSince(started));
  }

  private static Path rowsOf(Path file) {
    return Path.of(file + ".rows");
  }

  private static Path begin(Path to) {
    for (Path there : List.of(to, Path.of(to + ".wal"))) {
      if (Files.exists(there)) {
        throw new InputException(
            there.toString(), "it is there already", "Name another file, or move this one away");
      }
    }
    Path folder = to.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new InputException(to.toString(), "its folder does not exist", "Create it");
    }
    return Path.of(to + ".part");
  }

  /** Writes what is in the log into the file, so that the file alone is the warehouse. */
  private static void checkpoint(DuckDbWarehouse opened, Path warehouse) {
    try (Connection connection = opened.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("force checkpoint");
      Path log = Path.of(warehouse + ".wal");
      if (Files.exists(log) && Files.size(log) > 0) {
        throw new IllegalStateException(log + " is not empty after a checkpoint");
      }
    } catch (SQLException e) {
      throw new WarehouseException("write the log into " + warehouse, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Copies a file by {@code cp}. A process that closes a file loses its locks on it, also those of
   * DuckDB: this one may not read the file itself while it holds the warehouse.
   */
  private static void copy(Path from, Path to) {
    try {
      Process cp =
          new ProcessBuilder("cp", "-f", "--", from.toString(), to.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(cp.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (cp.waitFor() != 0) {
        Files.deleteIfExists(to);
        throw new InputException(to.toString(), "cannot be written: " + said, "Make room for it");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + from + " was copied", e);
    }
  }

  /** Proves what was copied, and gives it its name. */
  private static void finish(Path part, Path to, TableFingerprints expected) {
    try {
      List<String> differences;
      try (DuckDbWarehouse copied = DuckDbWarehouse.open(part, DuckDbSettings.QUERY)) {
        differences = TableFingerprints.of(copied).differences(expected);
      }
      if (!differences.isEmpty()) {
        throw new InputException(
            to.toString(),
            "the copy is not what it must be: " + String.join(", ", differences),
            "Nothing was made. Look at the disk, or take another backup");
      }
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      expected.write(rowsOf(to));
      Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(part);
    }
  }

  private static void delete(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // It is no backup, and the next one of this name writes over it.
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double secondsSince(long started) {
    return (System.nanoTime() - started) / 1e9;
  }
}
