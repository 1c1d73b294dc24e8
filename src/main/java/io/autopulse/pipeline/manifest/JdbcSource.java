package io.autopulse.pipeline.manifest;

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
    @Nullable String partitionColumn,
    int partitions)
    implements SourceSpec {
  /** More connections than this harm the database that is read. */
  public static final int MOST_PARTITIONS = 64;

  /** Checks what the parts say together. */
  public JdbcSource {
    if ((table == null) == (query == null)) {
      throw new IllegalArgumentException("needs either table or query, not both");
    }
    if (passwordEnv != null && passwordFile != null) {
      throw new IllegalArgumentException("needs one of password_env and password_file, not both");
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
    return "jdbc " + (table == null ? "query" : "table " + table);
  }
}
