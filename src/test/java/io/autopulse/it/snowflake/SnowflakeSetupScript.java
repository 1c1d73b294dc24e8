package io.autopulse.it.snowflake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A script of {@code warehouse/snowflake}.
 *
 * @param file the script
 */
record SnowflakeSetupScript(Path file) {
  /** Makes what an account needs. */
  static final SnowflakeSetupScript SETUP = named("setup.sql");

  /** Makes the pipes of live jobs. */
  static final SnowflakeSetupScript PIPES = named("pipes.sql");

  private static SnowflakeSetupScript named(String name) {
    return new SnowflakeSetupScript(
        Path.of(System.getProperty("basedir", ""), "warehouse/snowflake").resolve(name));
  }

  /** Returns the file's text. */
  String text() throws IOException {
    return Files.readString(file);
  }

  /** Returns the statements, on one line each, without comments. */
  List<String> statements() throws IOException {
    return Stream.of(text().replaceAll("--[^\n]*", "").split(";"))
        .map(statement -> statement.strip().replaceAll("\\s+", " "))
        .filter(statement -> !statement.isEmpty())
        .toList();
  }

  /** Returns the statements for a database of a test's own, and a stage that is there. */
  List<String> statements(String database, String stage) throws IOException {
    return statements().stream()
        .map(
            statement ->
                statement
                    .replaceAll("\\bAUTOPULSE(?=[. ]|$)", database)
                    .replace("s3://<BUCKET>/autopulse/", stage))
        .toList();
  }

  /** Returns what kind a statement is of, such as {@code create warehouse}. */
  static String kind(String statement) {
    // Names are in capitals. The rights of a grant are no kinds of their own.
    String kind = statement.replaceFirst(" (if not exists|[A-Z]).*", "");
    return kind.startsWith("grant ") ? "grant" : kind;
  }
}
