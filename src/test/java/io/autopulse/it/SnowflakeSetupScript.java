package io.autopulse.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The statements of {@code warehouse/snowflake/setup.sql}. */
final class SnowflakeSetupScript {
  private static final Path FILE =
      Path.of(System.getProperty("basedir", ""), "warehouse/snowflake/setup.sql");

  private SnowflakeSetupScript() {}

  /** Returns the file's text. */
  static String text() throws IOException {
    return Files.readString(FILE);
  }

  /** Returns the statements, on one line each, without comments. */
  static List<String> statements() throws IOException {
    return Stream.of(text().replaceAll("--[^\n]*", "").split(";"))
        .map(statement -> statement.strip().replaceAll("\\s+", " "))
        .filter(statement -> !statement.isEmpty())
        .toList();
  }

  /** Returns what kind a statement is of, such as {@code create warehouse}. */
  static String kind(String statement) {
    // Names are in capitals. The rights of a grant are no kinds of their own.
    String kind = statement.replaceFirst(" (if not exists|[A-Z]).*", "");
    return kind.startsWith("grant ") ? "grant" : kind;
  }
}
