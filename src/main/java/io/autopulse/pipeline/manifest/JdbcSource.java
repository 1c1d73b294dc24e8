package io.autopulse.pipeline.manifest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A table or query of a database.
 *
 * @param url the JDBC URL, without a password
 * @param table a plain identifier, optionally with its schema; absent if there is a query
 * @param query a SELECT without a final semicolon; absent if there is a table
 * @param user the database user; absent for the driver's default
 * @param passwordEnv the environment variable that holds the password; absent if a file does or
 *     there is none
 * @param passwordFile the file whose first line is the password; absent if a variable holds it or
 *     there is none
 * @param cursorColumn the column of the time of a row's last change, by which only rows that can
 *     tell of the covered dates are read; absent to read all rows
 * @param cursorMargin how long that time may lie before the moment of the sale; {@link
 *     #CURSOR_MARGIN} if absent, and absent without a column
 * @param partitionColumn a whole-number or time column to read in parallel by; absent for one read
 * @param partitions how many parallel reads, 1 to {@value #MOST_PARTITIONS}; more than 1 needs a
 *     partition column
 */
public record JdbcSource(
    String url,
    @Nullable String table,
    @Nullable String query,
    @Nullable String user,
    @Nullable String passwordEnv,
    @Nullable String passwordFile,
    @Nullable String cursorColumn,
    @Nullable Duration cursorMargin,
    @Nullable String partitionColumn,
    int partitions)
    implements SourceSpec {
  /** More connections than this harm the database that is read. */
  public static final int MOST_PARTITIONS = 64;

  /** How long a cursor may lie before its sale if nothing is said: clocks differ. */
  public static final Duration CURSOR_MARGIN = Duration.ofDays(1);

  private static final Duration MOST_MARGIN = Duration.ofDays(3_650);

  /** Checks what the parts say together. */
  public JdbcSource {
    if ((table == null) == (query == null)) {
      throw new IllegalArgumentException("needs either table or query, not both");
    }
    if (passwordEnv != null && passwordFile != null) {
      throw new IllegalArgumentException("needs one of password_env and password_file, not both");
    }
    if (cursorMargin != null) {
      if (cursorColumn == null) {
        throw new IllegalArgumentException("cursor_margin needs cursor_column, which it is about");
      }
      if (cursorMargin.compareTo(MOST_MARGIN) > 0) {
        throw new IllegalArgumentException(
            "cursor_margin must be at most " + MOST_MARGIN.toDays() + "d");
      }
    }
    if (partitions < 1 || partitions > MOST_PARTITIONS) {
      throw new IllegalArgumentException("partitions must be from 1 to " + MOST_PARTITIONS);
    }
    if (partitions > 1 && partitionColumn == null) {
      throw new IllegalArgumentException("partitions needs partition_column to divide the rows by");
    }
  }

  @Override
  public String description() {
    return "jdbc "
        + (table == null ? "query" : "table " + table)
        + (cursorColumn == null ? "" : ", rows of the covered dates by " + cursorColumn);
  }
}
