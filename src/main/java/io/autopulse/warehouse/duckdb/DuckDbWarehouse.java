package io.autopulse.warehouse.duckdb;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.TransientException;
import io.autopulse.warehouse.MigrationReport;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.schema.Migrations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * A warehouse in one DuckDB file. One process at a time writes it; opening waits for its turn and
 * says who is before it. Connections of one process share the database. Nothing is downloaded: the
 * functions used are those that the bundled library carries ({@code core_functions}, {@code icu},
 * {@code json}, {@code parquet}).
 */
public final class DuckDbWarehouse implements Warehouse {
  /** How often to try again while another process holds the file. */
  private static final long POLL_MILLIS = 200;

  private final Path file;
  private final DuckDBConnection root;
  private final Optional<HolderFile> holder;

  private DuckDbWarehouse(Path file, DuckDBConnection root, Optional<String> name) {
    this.file = file;
    this.root = root;
    holder = name.map(n -> HolderFile.of(file));
    name.ifPresent(HolderFile.of(file)::write);
  }

  /**
   * Opens a database file, and makes it if it is absent and may be written.
   *
   * @param file the database file; its directory must exist
   * @param settings how to open it
   * @return the open warehouse
   * @throws InputException if the file cannot be opened
   * @throws TransientException if another process still holds it when the patience ends
   */
  public static DuckDbWarehouse open(Path file, DuckDbSettings settings) {
    checkPath(file, settings);
    long deadline = System.nanoTime() + settings.lockWait().toNanos();
    Optional<LockHolder> told = Optional.empty();
    while (true) {
      try {
        return new DuckDbWarehouse(file, connect(file, settings), settings.holder());
      } catch (SQLException refused) {
        LockHolder holder =
            LockHolder.in(String.valueOf(refused.getMessage()))
                .map(found -> found.named(HolderFile.of(file)))
                .orElseThrow(() -> explain(file, refused));
        if (System.nanoTime() >= deadline) {
          throw new TransientException(
              file.toString(),
              "the warehouse is in use by " + holder + waited(settings.lockWait()),
              "Let it end, or stop it, and try again");
        }
        if (!told.equals(Optional.of(holder))) {
          settings.progress().accept("waiting for " + file + ", in use by " + holder);
          told = Optional.of(holder);
        }
        pause(file);
      }
    }
  }

  private static void checkPath(Path file, DuckDbSettings settings) {
    if (file.toString().indexOf(';') >= 0) {
      throw new InputException(
          file.toString(), "DuckDB takes ';' in a path for an option", "Choose a path without it");
    }
    Path directory = file.toAbsolutePath().getParent();
    if (settings.readOnly() && !Files.exists(file)) {
      throw new InputException(
          file.toString(),
          "there is no warehouse",
          "Make one with: autopulse migrate, or a first run");
    }
    if (directory != null && !Files.isDirectory(directory)) {
      throw new InputException(
          file.toString(), "the directory " + directory + " does not exist", "Create it");
    }
  }

  private static DuckDBConnection connect(Path file, DuckDbSettings settings) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("access_mode", settings.readOnly() ? "read_only" : "read_write");
    properties.setProperty("preserve_insertion_order", "false");
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    if (settings.confined()) {
      // A query of a person's reads the warehouse and no file beside it, and changes no setting.
      properties.setProperty("enable_external_access", "false");
      properties.setProperty("lock_configuration", "true");
    }
    settings.memoryLimit().ifPresent(limit -> properties.setProperty("memory_limit", limit));
    settings
        .tempDirectory()
        .ifPresent(directory -> properties.setProperty("temp_directory", directory.toString()));
    return DriverManager.getConnection("jdbc:duckdb:" + file, properties)
        .unwrap(DuckDBConnection.class);
  }

  private static InputException explain(Path file, SQLException refused) {
    String message = String.valueOf(refused.getMessage());
    String problem;
    String remedy;
    if (message.contains("not a valid DuckDB database file")) {
      problem = "this is not a DuckDB database";
      remedy = "Name another file, or move this one away";
    } else if (message.contains("different configuration")) {
      problem = "the warehouse is already open in this process with other settings";
      remedy = "Close it first";
    } else {
      problem = "the warehouse cannot be opened: " + message.strip();
      remedy = "";
    }
    return new InputException(file.toString(), problem, remedy, refused);
  }

  private static String waited(Duration patience) {
    return patience.isZero() ? "" : "; waited " + patience.toSeconds() + " s";
  }

  private static void pause(Path file) {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException(file.toString(), "interrupted while waiting for the warehouse", "");
    }
  }

  @Override
  public Connection connect() {
    Connection connection = null;
    try {
      connection = root.duplicate();
      try (Statement statement = connection.createStatement()) {
        statement.execute("set search_path = '" + SCHEMA + "'");
      }
      return connection;
    } catch (SQLException e) {
      closeQuietly(connection, e);
      if (String.valueOf(e.getMessage()).contains(SCHEMA)) {
        throw new InputException(
            file.toString(),
            "the database holds no schema " + SCHEMA,
            "Make it with: autopulse migrate",
            e);
      }
      throw new WarehouseException("open a connection", e);
    }
  }

  private static void closeQuietly(@Nullable Connection connection, SQLException reason) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        reason.addSuppressed(e);
      }
    }
  }

  @Override
  public MigrationReport migrate() {
    return migrations().apply();
  }

  private Migrations migrations() {
    return new Migrations(root::duplicate, file.toString());
  }

  @Override
  public List<String> pending() {
    return migrations().pending();
  }

  @Override
  public String name() {
    return "duckdb:" + file;
  }

  @Override
  public void close() {
    holder.ifPresent(HolderFile::delete);
    try {
      root.close();
    } catch (SQLException e) {
      throw new WarehouseException("close", e);
    }
  }
}
