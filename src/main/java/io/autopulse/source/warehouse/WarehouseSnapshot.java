package io.autopulse.source.warehouse;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.autopulse.domain.problem.InputException;
import io.autopulse.source.JsonRows;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.io.FileSystems;

/**
 * What a pipeline reads back from the warehouse, as of one moment: the launching process runs the
 * queries, one after another on one connection, and writes each one's rows to a file that {@link
 * ReadWarehouse} reads. Workers need no way to the warehouse, a DuckDB file is closed again before
 * the pipeline starts, and a worker that reads again reads the same rows.
 */
public final class WarehouseSnapshot {
  /** How often the queries are run again because somebody published meanwhile. */
  private static final int ATTEMPTS = 5;

  private static final JsonFactory JSON = new JsonFactory();

  private WarehouseSnapshot() {}

  /**
   * A query and where its rows go.
   *
   * @param file the file to write, as Beam's file systems know it; an old one is replaced
   * @param sql a SELECT without a final semicolon, its tables named with their schema; its columns
   *     are known by their labels in lower case
   */
  public record Query(String file, String sql) {}

  /**
   * Writes the rows of all queries, as of one moment. DuckDB gives a transaction one view of the
   * data. In Snowflake each statement sees what is committed by then, so that a publication between
   * two of them starts the queries anew. Nothing but a SELECT can be run.
   *
   * @param connection to the warehouse; in auto-commit mode before and after
   * @param publications a query whose only number grows with each publication
   * @throws InputException if others published each time
   */
  public static void take(Connection connection, String publications, List<Query> queries)
      throws SQLException, IOException {
    connection.setAutoCommit(false);
    try {
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        long before = number(connection, publications);
        for (Query query : queries) {
          write(connection, query);
        }
        if (number(connection, publications) == before) {
          return;
        }
      }
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
    throw new InputException(
        "",
        "other runs published while the warehouse was read back, " + ATTEMPTS + " times",
        "Run it again when they have ended");
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void write(Connection connection, Query query) throws SQLException, IOException {
    try (Statement statement = connection.createStatement();
        // Only a query can stand between these parentheses.
        ResultSet rows =
            statement.executeQuery("select * from (" + query.sql() + "\n) as read_back");
        // Closes the file too, and S3 takes only one closing of it.
        JsonGenerator json = JSON.createGenerator(create(query.file()), JsonEncoding.UTF8)) {
      json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
      while (rows.next()) {
        JsonRows.write(rows, json, label -> label.toLowerCase(Locale.ROOT));
      }
    }
  }

  private static OutputStream create(String file) throws IOException {
    return Channels.newOutputStream(
        FileSystems.create(FileSystems.matchNewResource(file, false), "application/jsonl"));
  }
}
