package io.autopulse.warehouse.serving;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Serving copies of a warehouse that is not a file, such as one in Snowflake: the relations that
 * pages read, fetched after each run that publishes. A page never asks the warehouse itself.
 */
public final class FetchedCopies {
  private static final String SCHEMA = "fetched";

  /** A run publishes seldom; one that publishes while rows are fetched is fetched anew. */
  private static final int TRIES = 5;

  private final Warehouse warehouse;
  private final ServingFolder folder;

  /**
   * Makes the copies of a warehouse.
   *
   * @param warehouse only read, with the rights of its session's role
   * @param folder where copies go
   */
  public FetchedCopies(Warehouse warehouse, ServingFolder folder) {
    this.warehouse = warehouse;
    this.folder = folder;
  }

  /** Returns where copies go. */
  public ServingFolder folder() {
    return folder;
  }

  /**
   * Fetches a copy if the latest is not that of the run that published last.
   *
   * @return the run of a new copy; empty if there is none
   * @throws InputException if no run has published, or a relation may not be read
   */
  public Optional<String> refresh() throws IOException {
    try (Connection remote = warehouse.connect()) {
      String last = last(remote);
      for (int i = 0; i < TRIES; i++) {
        if (folder.current().equals(Optional.of(last))) {
          return Optional.empty();
        }
        String fetched = last;
        last = fetch(remote, fetched);
        if (last.equals(fetched)) {
          return Optional.of(last);
        }
      }
      throw new InputException(
          warehouse.name(),
          "runs publish faster than their tables can be fetched",
          "Try again when they have ended");
    } catch (SQLException e) {
      throw UnreadableWarehouse.problem(warehouse, "fetch the tables of the dashboard", e);
    }
  }

  private String last(Connection remote) throws SQLException {
    return ServingFolder.lastPublished(remote)
        .orElseThrow(
            () ->
                new InputException(
                    warehouse.name(),
                    "no run has published to this warehouse yet",
                    "Run one first, such as: autopulse run pipelines/daily-refresh.yaml"));
  }

  /** Fetches all rows, and writes the copy if no other run has published meanwhile. */
  private String fetch(Connection remote, String run) throws SQLException, IOException {
    Path scratch = Files.createTempDirectory("autopulse-dashboard");
    Path file = scratch.resolve("scratch.duckdb");
    try (DuckDbWarehouse local = DuckDbWarehouse.open(file, DuckDbSettings.RUN)) {
      local.migrate();
      try (Connection connection = local.connect()) {
        new Session(connection, Map.of("fetched", SCHEMA)).execute("create schema {fetched}");
        for (ServedTable table : ServedTable.ALL) {
          fetch(remote, connection, table);
        }
        String last = last(remote);
        if (last.equals(run)) {
          folder.write(connection, run, table -> SCHEMA + "." + table.name());
        }
        return last;
      }
    } finally {
      ServingFolder.delete(scratch);
    }
  }

  private void fetch(Connection remote, Connection local, ServedTable table) throws SQLException {
    Session session = new Session(local, Map.of("core", Warehouse.SCHEMA, "fetched", SCHEMA));
    session.execute(
        SqlFile.read(
            FetchedCopies.class,
            "duckdb/make-fetched",
            Map.of("table", table.name(), "rows", table.rows())));
    List<FetchedColumn> columns =
        session.query(
            "describe {fetched}." + table.name(),
            row -> FetchedColumn.of(row.getString(1), row.getString(2)));
    String query =
        SqlFile.read(
                FetchedCopies.class,
                "fetch-table",
                Map.of(
                    "columns",
                    columns.stream().map(FetchedColumn::name).collect(Collectors.joining(", ")),
                    "rows",
                    table.rows()))
            .replace("{core}", Warehouse.SCHEMA);
    // Rows go through one by one: there are millions.
    try (Statement statement = remote.createStatement();
        ResultSet rows = statement.executeQuery(query);
        DuckDBAppender appender =
            local.unwrap(DuckDBConnection.class).createAppender(SCHEMA, table.name())) {
      while (rows.next()) {
        appender.beginRow();
        for (int i = 0; i < columns.size(); i++) {
          columns.get(i).append(rows, i + 1, appender);
        }
        appender.endRow();
      }
    }
  }
}
