package io.autopulse.warehouse.snowflake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells statements that read from others by their kind: one rule for every warehouse. It is the
 * first guard, with an answer for people; DuckDB's read-only mode, its external access that is off,
 * and the rights of Snowflake's role are the second.
 */
public final class ReadingStatement {
  private static final String REMEDY =
      "Write SELECT, WITH, FROM, VALUES, TABLE, SHOW, DESCRIBE, SUMMARIZE or EXPLAIN";

  private static final Set<String> READING =
      Set.of(
          "select",
          "with",
          "values",
          "from",
          "table",
          "show",
          "describe",
          "desc",
          "explain",
          "summarize",
          "pivot",
          "unpivot",
          "list",
          "ls");

  /** Pragmas of DuckDB that show something and set nothing. */
  private static final Set<String> READING_PRAGMAS =
      Set.of(
          "table_info",
          "show",
          "show_tables",
          "show_tables_expanded",
          "database_list",
          "database_size",
          "storage_info",
          "version");

  /** Verbs that Snowflake may run behind the pipe of a statement that reads. */
  private static final Set<String> WRITING =
      Set.of(
          "insert",
          "update",
          "delete",
          "merge",
          "create",
          "drop",
          "alter",
          "truncate",
          "copy",
          "put",
          "get",
          "remove",
          "rm",
          "call",
          "execute",
          "begin",
          "commit",
          "rollback",
          "declare",
          "grant",
          "revoke",
          "use",
          "set",
          "unset",
          "undrop",
          "comment");

  private static final Set<String> OPTIONS_OF_EXPLAIN =
      Set.of(
          "analyze",
          "analyse",
          "verbose",
          "using",
          "tabular",
          "json",
          "text",
          "format",
          "html",
          "graphviz",
          "yaml",
          "mermaid",
          "true",
          "false",
          "on",
          "off");

  private static final String BLANK = "\\s+|--[^\\n]*|/\\*(?<comment>.*?)(?:\\*/|\\z)";
  private static final String NAME = "\"[^\"]*+(?:\"\"[^\"]*+)*+(?:\"|\\z)";
  private static final String DOLLARS = "\\$(?<tag>[A-Za-z_]*)\\$.*?(?:\\$\\k<tag>\\$|\\z)";
  private static final String REST = "(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*)|->>|.";

  /** A backslash is a character of a text in DuckDB, and hides the next in Snowflake: both hold. */
  private static final List<Pattern> TOKENS =
      List.of(
          tokens("'[^']*+(?:''[^']*+)*+(?:'|\\z)"),
          tokens("'[^'\\\\]*+(?:(?:''|\\\\.)[^'\\\\]*+)*+(?:'|\\z)"));

  private ReadingStatement() {}

  private static Pattern tokens(String text) {
    return Pattern.compile(
        "(?<blank>" + BLANK + ")|(?<quoted>" + String.join("|", text, NAME, DOLLARS) + ")|" + REST,
        Pattern.DOTALL);
  }

  /**
   * Returns why a statement is not sent, with the remedy; empty if it is one statement that reads.
   */
  public static Optional<String> refusal(String sql) {
    return TOKENS.stream()
        .map(pattern -> refusal(sql, pattern))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> refusal(String sql, Pattern pattern) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = pattern.matcher(sql);
    while (matcher.find()) {
      // A comment of Snowflake. Elsewhere than in front of a statement it may be a division.
      if (tokens.isEmpty() && sql.startsWith("//", matcher.start())) {
        int end = sql.indexOf('\n', matcher.start());
        matcher.region(end < 0 ? sql.length() : end, sql.length());
        continue;
      }
      String comment = matcher.group("comment");
      if (comment != null && comment.contains("/*")) {
        return Optional.of(
            "a comment holds another, which warehouses read differently. Close the first one");
      }
      if (matcher.group("blank") == null) {
        // What is quoted is neither a verb nor a mark.
        tokens.add(
            matcher.group("quoted") != null ? "''" : matcher.group().toLowerCase(Locale.ROOT));
      }
    }
    while (!tokens.isEmpty() && tokens.get(tokens.size() - 1).equals(";")) {
      tokens.remove(tokens.size() - 1);
    }
    if (tokens.contains(";")) {
      return Optional.of(
          "this is more than one statement. Send one at a time, without a semicolon inside it");
    }
    return refusedVerb(tokens)
        .map(
            verb ->
                verb.isEmpty()
                    ? "this is no statement. " + REMEDY
                    : verb.toUpperCase(Locale.ROOT)
                        + " is not sent: the warehouse is read-only here. "
                        + remedy(verb));
  }

  private static String remedy(String verb) {
    return verb.equals("copy") || verb.equals("export")
        ? "For a file: autopulse sql --format csv \"select …\" > FILE"
        : REMEDY;
  }

  /** Returns the verb that does more than read; empty text if there is none at all. */
  private static Optional<String> refusedVerb(List<String> tokens) {
    int first = nextWord(tokens, 0, Set.of());
    String verb = first < tokens.size() ? tokens.get(first) : "";
    boolean reads =
        verb.equals("pragma") ? isReadingPragma(tokens, first + 1) : READING.contains(verb);
    if (!reads) {
      return Optional.of(verb);
    }
    for (int i = 1; i < tokens.size(); i++) {
      if (tokens.get(i - 1).equals("->>") && WRITING.contains(tokens.get(i))) {
        return Optional.of(tokens.get(i));
      }
    }
    return switch (verb) {
      case "explain" -> refusedVerb(tokens.subList(explained(tokens, first + 1), tokens.size()));
      case "with" -> refusedVerb(tokens.subList(afterTables(tokens, first + 1), tokens.size()));
      default -> Optional.empty();
    };
  }

  private static boolean isReadingPragma(List<String> tokens, int name) {
    return name < tokens.size()
        && READING_PRAGMAS.contains(tokens.get(name))
        && !tokens.contains("=");
  }

  private static int explained(List<String> tokens, int from) {
    return nextWord(tokens, from, OPTIONS_OF_EXPLAIN);
  }

  /** Returns where the statement begins that the common tables of a WITH are for. */
  private static int afterTables(List<String> tokens, int from) {
    int depth = 0;
    for (int i = from; i < tokens.size(); i++) {
      switch (tokens.get(i)) {
        case "(" -> depth++;
        case ")" -> depth--;
        default -> {
          // A list of columns comes before AS, or before USING KEY; a table's query comes last.
          boolean verb = isWord(tokens.get(i)) && !Set.of("as", "using").contains(tokens.get(i));
          if (depth == 0 && verb && tokens.get(i - 1).equals(")")) {
            return i;
          }
          // with t as (…) (select …)
          if (depth == 1 && verb && i > 2 && tokens.get(i - 1).equals("(")) {
            if (tokens.get(i - 2).equals(")")) {
              return i;
            }
          }
        }
      }
    }
    return tokens.size();
  }

  /** Returns the index of the next word that is not among those to skip. */
  private static int nextWord(List<String> tokens, int from, Set<String> skipped) {
    int i = from;
    while (i < tokens.size() && (!isWord(tokens.get(i)) || skipped.contains(tokens.get(i)))) {
      i++;
    }
    return i;
  }

  private static boolean isWord(String token) {
    return Character.isLetter(token.codePointAt(0)) || token.charAt(0) == '_';
  }
}
