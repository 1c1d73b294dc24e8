package io.autopulse.warehouse;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names and literals that may stand in SQL text: everything else is bound. */
public final class SqlNames {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern JOB = Pattern.compile("[A-Za-z0-9_-]+");
  static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)}");
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  private SqlNames() {}

  /** Returns the name if it needs no quoting, in any warehouse. */
  public static String identifier(String name) {
    if (!IDENTIFIER.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is not a plain SQL identifier");
    }
    return name;
  }

  /** Returns the literal of a name that needs no quoting. */
  public static String literal(String name) {
    return "'" + identifier(name) + "'";
  }

  /** Returns the literal of a job's name: lower-case letters, digits and hyphens. */
  public static String jobLiteral(String job) {
    if (!JOB.matcher(job).matches()) {
      throw new IllegalArgumentException("'" + job + "' is no name of a job");
    }
    return "'" + job + "'";
  }

  /**
   * Returns the literal of a file to read: DuckDB takes names for patterns, of which it is none.
   */
  public static String literal(Path file) {
    return "'" + file.toString().replaceAll("[*?\\[]", "[$0]").replace("'", "''") + "'";
  }

  /** Returns a date's literal. */
  public static String literal(LocalDate date) {
    return "date '" + DateTimeFormatter.ISO_LOCAL_DATE.format(date) + "'";
  }

  /**
   * Returns the literal of an instant, in UTC and microseconds: what the timestamp columns hold.
   */
  public static String literal(Instant instant) {
    return "timestamp '" + time(instant) + "'";
  }

  /** Returns the text of an instant, in UTC and microseconds. */
  public static String time(Instant instant) {
    return TIMESTAMP.format(utc(instant));
  }

  /** Returns what a timestamp column holds of an instant. */
  public static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  /**
   * Replaces each {@code {name}} of a statement by its checked value; a name without a value is a
   * defect.
   */
  static String fill(String statement, Map<String, String> values) {
    Matcher placeholders = PLACEHOLDER.matcher(statement);
    return placeholders.replaceAll(
        found -> {
          String value = values.get(found.group(1));
          if (value == null) {
            throw new IllegalArgumentException("no value for {" + found.group(1) + "}");
          }
          return Matcher.quoteReplacement(value);
        });
  }
}
