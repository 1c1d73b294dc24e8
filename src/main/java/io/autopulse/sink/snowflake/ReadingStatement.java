package io.autopulse.sink.snowflake;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells statements that read from others by their first word. Snowflake has no session that only
 * reads, and the driver sends one statement at a time, so the first word decides.
 */
final class ReadingStatement {
  private static final Set<String> READING =
      Set.of("select", "with", "values", "show", "describe", "desc", "explain", "list", "ls");

  // Blanks, comments and parentheses before the first word.
  private static final Pattern START =
      Pattern.compile(
          "(?:[\\s(]|--[^\\n]*(?:\\n|$)|//[^\\n]*(?:\\n|$)|/\\*.*?\\*/)*+([A-Za-z]*)",
          Pattern.DOTALL);

  private ReadingStatement() {}

  /**
   * Lets a statement pass that reads.
   *
   * @throws SQLException if it does something else
   */
  static void check(String sql) throws SQLException {
    Matcher start = START.matcher(sql);
    String word = start.lookingAt() ? start.group(1).toLowerCase(Locale.ROOT) : "";
    if (!READING.contains(word)) {
      throw new SQLException(
          "this statement is not sent: the warehouse is read-only here, so it begins with select, with,"
              + " show, describe or explain");
    }
  }
}
