package io.autopulse.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.autopulse.domain.quality.CsvDialect;
import io.autopulse.domain.quality.InputException;
import io.autopulse.domain.quality.RawBlock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.io.jdbc.JdbcIO;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table or query as raw blocks of JSON, a row an object of its columns. Bounded,
 * global window. With a partition column (a whole number) the rows are read in that many ranges
 * side by side; a retry reads a range again. With a cursor only the rows that it selects are read,
 * by a condition that the database applies. Times come with their offset (UTC for columns without a
 * zone stay without one), decimals and codes as the database writes them.
 */
public final class ReadJdbc extends PTransform<PBegin, PCollection<RawBlock>> {
  private static final long serialVersionUID = 1L;

  private final Connection connection;
  private final String query;
  private final @Nullable JdbcCursor cursor;
  private final @Nullable String partitionColumn;
  private final int partitions;
  private final String origin;

  private ReadJdbc(
      Connection connection,
      String query,
      @Nullable JdbcCursor cursor,
      @Nullable String partitionColumn,
      int partitions,
      String origin) {
    this.connection = connection;
    this.query = query;
    this.cursor = cursor;
    this.partitionColumn = partitionColumn;
    this.partitions = partitions;
    this.origin = origin;
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

    /** Returns a data source that opens connections with the password of the moment. */
    DataSource dataSource() {
      JdbcIO.DataSourceConfiguration configuration =
          JdbcIO.DataSourceConfiguration.create(driverOf(url), url);
      if (user != null) {
        configuration = configuration.withUsername(user);
      }
      String password = password();
      if (password != null) {
        configuration = configuration.withPassword(password);
      }
      return configuration.buildDatasource();
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

    private static String driverOf(String url) {
      if (url.startsWith("jdbc:postgresql:")) {
        return "org.postgresql.Driver";
      }
      throw new InputException(
          "",
          "there is no driver for " + url.replaceFirst("\\?.*", ""),
          "Known: jdbc:postgresql://…");
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
   */
  public static ReadJdbc query(
      Connection connection,
      String query,
      @Nullable JdbcCursor cursor,
      @Nullable String partitionColumn,
      int partitions,
      String origin) {
    return new ReadJdbc(connection, query, cursor, partitionColumn, partitions, origin);
  }

  @Override
  @SuppressWarnings(
      "deprecation") // A lambda's type tells no coder: it must be said, by the only method that
  // says it.
  public PCollection<RawBlock> expand(PBegin begin) {
    Connection database = connection;
    String all = query;
    JdbcCursor selection = cursor;
    SerializableFunction<Void, DataSource> dataSource =
        selection == null
            ? nothing -> database.dataSource()
            : nothing -> selection.checked(database.dataSource(), all);
    String selected = selection == null ? all : selection.rowsOf(all);
    JsonRow mapper = new JsonRow();
    PCollection<byte[]> rows;
    if (partitionColumn == null) {
      rows =
          begin.apply(
              "Read rows",
              JdbcIO.<byte[]>read()
                  .withDataSourceProviderFn(dataSource)
                  .withQuery(selected)
                  .withRowMapper(mapper)
                  .withCoder(ByteArrayCoder.of()));
    } else {
      rows =
          begin.apply(
              "Read ranges",
              JdbcIO.<byte[]>readWithPartitions()
                  .withDataSourceProviderFn(dataSource)
                  .withTable("(" + selected + ") as autopulse_rows")
                  .withPartitionColumn(partitionColumn)
                  .withNumPartitions(partitions)
                  .withRowMapper(mapper)
                  .withCoder(ByteArrayCoder.of()));
    }
    return rows.apply("Pack rows", ParDo.of(new PackFn(origin))).setCoder(new RawBlockCoder());
  }

  /**
   * A row as a JSON object of its columns. Not a lambda: JdbcIO shows the mapper's canonical name,
   * which lambdas have none of.
   */
  private static final class JsonRow implements JdbcIO.RowMapper<byte[]> {
    private static final long serialVersionUID = 1L;
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public byte[] mapRow(ResultSet row) throws SQLException, IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
      try (JsonGenerator json = JSON.createGenerator(bytes)) {
        JsonRows.write(row, json, UnaryOperator.identity());
      }
      return bytes.toByteArray();
    }
  }

  static final class PackFn extends DoFn<byte[], RawBlock> {
    private static final long serialVersionUID = 1L;

    private final String origin;
    private transient ByteArrayOutputStream text;
    private transient long rows;
    private transient long firstRow;

    @SuppressWarnings("NullAway.Init") // Beam calls @StartBundle before anything else.
    PackFn(String origin) {
      this.origin = origin;
    }

    @StartBundle
    public void startBundle() {
      text = new ByteArrayOutputStream();
      rows = 0;
      firstRow = 1;
    }

    @ProcessElement
    public void pack(@Element byte[] row, OutputReceiver<RawBlock> out) {
      text.writeBytes(row);
      text.write('\n');
      rows++;
      if (text.size() >= RangeReader.BLOCK_BYTES) {
        out.output(block());
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      if (text.size() > 0) {
        context.output(block(), GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
      }
    }

    private RawBlock block() {
      RawBlock block =
          new RawBlock(
              RawBlock.Format.JSON,
              origin,
              firstRow,
              CsvDialect.RFC_4180,
              List.of(),
              text.toByteArray());
      firstRow += rows;
      rows = 0;
      text.reset();
      return block;
    }
  }
}
