package io.autopulse.source.jdbc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.problem.InputException;
import io.autopulse.source.JsonRows;
import io.autopulse.source.RawBlockCoder;
import io.autopulse.source.file.record.RangeReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The rows of a table or query as raw blocks of JSON, a row an object of its columns. Bounded,
 * global window. With a partition column (a whole number) the rows are read in ranges side by side;
 * a retry reads a range again. With a cursor only the rows that it selects are read, by a condition
 * that the database applies. Times come with their offset (UTC for columns without a zone stay
 * without one), decimals and codes as the database writes them. A row's line is its number in its
 * range, so that no two rows have the same origin.
 *
 * <p>Not by Beam's JdbcIO: it prints to standard output, loses rows whose partition column is null,
 * and hands over rows without their number.
 */
public final class ReadJdbc extends PTransform<PBegin, PCollection<RawBlock>> {
  private static final long serialVersionUID = 1L;

  private final Connection connection;
  private final String query;
  private final @Nullable JdbcCursor cursor;
  private final @Nullable String partitionColumn;
  private final int partitions;
  private final String origin;
  private final String place;
  private final String relation;

  private ReadJdbc(
      Connection connection,
      String query,
      @Nullable JdbcCursor cursor,
      @Nullable String partitionColumn,
      int partitions,
      String origin,
      String place,
      String relation) {
    this.connection = connection;
    this.query = query;
    this.cursor = cursor;
    this.partitionColumn = partitionColumn;
    this.partitions = partitions;
    this.origin = origin;
    this.place = place;
    this.relation = relation;
  }

  /**
   * How workers reach the database. The password stays where it is: workers read it from their
   * environment or a file.
   *
   * @param url the JDBC URL
   * @param user the user, or null
   * @param passwordVariable the environment variable that holds the password, or null
   * @param passwordFile the file that holds the password, or null
   */
  public record Connection(
      String url,
      @Nullable String user,
      @Nullable String passwordVariable,
      @Nullable String passwordFile)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Returns a data source that opens connections with the password of the moment.
     *
     * @throws InputException if the URL is none, or the password cannot be read
     */
    DataSource dataSource() {
      if (!url.startsWith("jdbc:postgresql:")) {
        throw new InputException(
            "",
            "there is no driver for " + url.replaceFirst("\\?.*", ""),
            "Known: jdbc:postgresql://…");
      }
      PGSimpleDataSource source = new PGSimpleDataSource();
      try {
        source.setURL(url);
      } catch (IllegalArgumentException e) {
        throw new InputException(
            "",
            "is not a URL of PostgreSQL: " + url.replaceFirst("\\?.*", ""),
            "Write it as jdbc:postgresql://HOST:PORT/DATABASE",
            e);
      }
      source.setApplicationName("autopulse");
      if (user != null) {
        source.setUser(user);
      }
      String password = password();
      if (password != null) {
        source.setPassword(password);
      }
      return source;
    }

    private @Nullable String password() {
      if (passwordVariable != null) {
        String password = System.getenv(passwordVariable);
        if (password == null) {
          throw new InputException(
              "",
              "the environment variable "
                  + passwordVariable
                  + " that holds the password of "
                  + url
                  + " is not set",
              "Set it where the job runs");
        }
        return password;
      }
      if (passwordFile == null) {
        return null;
      }
      try {
        return Files.readString(Path.of(passwordFile)).strip();
      } catch (IOException e) {
        throw new InputException(
            passwordFile, "the password of " + url + " cannot be read: " + e.getMessage(), "");
      }
    }
  }

  /**
   * Returns the transform.
   *
   * @param query a SELECT without ORDER BY
   * @param cursor which of its rows are read, or null for all
   * @param partitionColumn a whole-number column to read ranges of, or null for one range
   * @param partitions the number of ranges
   * @param origin what rejected records name as their origin
   * @param place of the source in the manifest, for messages
   * @param relation the key there that names the rows: table or query
   */
  public static ReadJdbc query(
      Connection connection,
      String query,
      @Nullable JdbcCursor cursor,
      @Nullable String partitionColumn,
      int partitions,
      String origin,
      String place,
      String relation) {
    return new ReadJdbc(
        connection, query, cursor, partitionColumn, partitions, origin, place, relation);
  }

  @Override
  public PCollection<RawBlock> expand(PBegin begin) {
    String selected = cursor == null ? query : cursor.rowsOf(query);
    return begin
        .apply("Source", Create.of(origin))
        .apply("Divide rows", ParDo.of(new RangesFn(this, selected)))
        .setCoder(StringUtf8Coder.of())
        .apply("Spread ranges", Reshuffle.viaRandomKey())
        .apply("Read rows", ParDo.of(new ReadFn(this, selected)))
        .setCoder(new RawBlockCoder())
        .apply("Spread blocks", Reshuffle.viaRandomKey());
  }

  private RuntimeException problem(SQLException e, String key) {
    InputException told = JdbcProblem.of(e, key, origin, at -> place + "." + at);
    return told == null
        ? new IllegalStateException("reading " + origin + ": " + JdbcProblem.said(e), e)
        : told;
  }

  /** Gives the conditions of the ranges. */
  private static final class RangesFn extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;

    private final ReadJdbc read;
    private final String selected;

    RangesFn(ReadJdbc read, String selected) {
      this.read = read;
      this.selected = selected;
    }

    @ProcessElement
    public void divide(OutputReceiver<String> out) {
      DataSource source = read.connection.dataSource();
      if (read.cursor != null) {
        read.cursor.check(source, read.query);
      }
      String column = read.partitionColumn;
      if (column == null) {
        out.output("");
        return;
      }
      try (java.sql.Connection connection = source.getConnection();
          Statement statement = connection.createStatement();
          ResultSet ends =
              statement.executeQuery(
                  "select min(%1$s), max(%1$s) from (%2$s) as autopulse_rows"
                      .formatted(column, selected))) {
        ends.next();
        JdbcRanges.of(column, ends.getLong(1), ends.getLong(2), read.partitions)
            .forEach(out::output);
      } catch (SQLException e) {
        throw read.problem(e, "partition_column");
      }
    }
  }

  /** Reads the rows of a range. */
  private static final class ReadFn extends DoFn<String, RawBlock> {
    private static final long serialVersionUID = 1L;
    private static final JsonFactory JSON = new JsonFactory();

    /** Rows that the driver fetches at once: with all of a table it would fill the memory. */
    private static final int FETCHED_ROWS = 5_000;

    private final ReadJdbc read;
    private final String selected;

    ReadFn(ReadJdbc read, String selected) {
      this.read = read;
      this.selected = selected;
    }

    @ProcessElement
    public void read(@Element String range, OutputReceiver<RawBlock> out) throws IOException {
      String sql =
          range.isEmpty()
              ? selected
              : "select * from (%s) as autopulse_rows where %s".formatted(selected, range);
      String origin = range.isEmpty() ? read.origin : read.origin + " where " + range;
      try (java.sql.Connection connection = read.connection.dataSource().getConnection()) {
        // Only in a transaction are rows fetched a few at a time.
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        try (Statement statement = connection.createStatement()) {
          statement.setFetchSize(FETCHED_ROWS);
          try (ResultSet rows = statement.executeQuery(sql)) {
            pack(rows, origin, out);
          }
        }
      } catch (SQLException e) {
        throw read.problem(e, read.relation);
      }
    }

    private static void pack(ResultSet rows, String origin, OutputReceiver<RawBlock> out)
        throws SQLException, IOException {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      long first = 1;
      long next = 1;
      while (rows.next()) {
        try (JsonGenerator json = JSON.createGenerator(text)) {
          JsonRows.write(rows, json, UnaryOperator.identity());
        }
        text.write('\n');
        next++;
        if (text.size() >= RangeReader.BLOCK_BYTES) {
          out.output(block(origin, first, text));
          first = next;
        }
      }
      if (text.size() > 0) {
        out.output(block(origin, first, text));
      }
    }

    private static RawBlock block(String origin, long first, ByteArrayOutputStream text) {
      RawBlock block =
          new RawBlock(
              RawBlock.Format.JSON,
              origin,
              first,
              CsvDialect.RFC_4180,
              List.of(),
              text.toByteArray());
      text.reset();
      return block;
    }
  }
}
