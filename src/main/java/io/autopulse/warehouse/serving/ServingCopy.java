package io.autopulse.warehouse.serving;

import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/**
 * A serving copy that is open: a database in memory whose core schema shows the copy's tables. It
 * reads no other file, changes no setting and downloads nothing. Threads share it, each with a
 * connection of its own.
 */
public final class ServingCopy implements AutoCloseable {
  /** What the copy's file is called while it is open. */
  static final String FILE = "serving_copy";

  /** The schema of what is in the copy's file, from which the core schema is made. */
  private static final String FILES = "files";

  private final String name;
  private final DuckDBConnection root;
  private final Closeable mark;

  private ServingCopy(String name, DuckDBConnection root, Closeable mark) {
    this.name = name;
    this.root = root;
    this.mark = mark;
  }

  static ServingCopy open(String name, Path file, Closeable mark, Optional<Scope> scope)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    DuckDBConnection root =
        DriverManager.getConnection("jdbc:duckdb:", properties).unwrap(DuckDBConnection.class);
    try {
      Session session =
          new Session(root, Map.of("core", Warehouse.SCHEMA, "files", FILES, "scope", Part.SCHEMA));
      session.execute("attach " + ServingFolder.quoted(file) + " as " + FILE + " (read_only)");
      session.execute("create schema {core}");
      session.execute("create schema {files}");
      if (scope.isPresent()) {
        Part.enter(session, scope.get());
      }
      for (ServedTable table : ServedTable.ALL) {
        show(session, "{files}", table, scope);
        if (table.query().isEmpty() && !ServedTable.KNOWN.contains(table.name())) {
          show(session, "{core}", table, scope);
        }
      }
      for (String relation : ServedTable.KNOWN) {
        session.execute(
            SqlFile.read(
                ServingCopy.class,
                "duckdb/" + (scope.isEmpty() ? Part.KNOWN + relation : Part.known(relation))));
      }
      session.execute("set enable_external_access = false");
      session.execute("set lock_configuration = true");
      return new ServingCopy(name, root, mark);
    } catch (SQLException | RuntimeException e) {
      root.close();
      throw e;
    }
  }

  private static void show(Session session, String schema, ServedTable table, Optional<Scope> scope)
      throws SQLException {
    session.execute(
        SqlFile.read(
            ServingCopy.class,
            "duckdb/" + (scope.isEmpty() ? Part.WHOLE : Part.statement(table.name())),
            Map.of(
                "schema",
                schema,
                "table",
                table.name(),
                "rows",
                ServedTable.copied(table.name()))));
  }

  /** Returns the run after which it was written. */
  public String name() {
    return name;
  }

  /** Returns a new connection, which the caller closes. */
  public Connection connect() {
    return connect(Optional.empty());
  }

  /**
   * Returns a new connection, which the caller closes.
   *
   * @param known the day as of which it shows the sales, the registrations and the forecasts; empty
   *     for now
   */
  public Connection connect(Optional<KnownDay> known) {
    try {
      Connection connection = root.duplicate();
      try (Statement statement = connection.createStatement()) {
        statement.execute("set search_path = '" + Warehouse.SCHEMA + "'");
        if (known.isPresent()) {
          statement.execute("set variable known_on = " + SqlNames.literal(known.get().day()));
          statement.execute("set variable known_until = " + SqlNames.literal(known.get().end()));
        }
      }
      return connection;
    } catch (SQLException e) {
      throw new WarehouseException("open a connection to the serving copy", e);
    }
  }

  @Override
  public void close() {
    try {
      root.close();
    } catch (SQLException e) {
      throw new WarehouseException("close the serving copy", e);
    } finally {
      release();
    }
  }

  private void release() {
    try {
      mark.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
