package io.autopulse.operations.metabase;

import io.autopulse.operations.metabase.Content.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The statements of the questions that ship, run as Metabase runs them. */
public final class CardSql {
  private CardSql() {}

  /**
   * Runs every question without filters and with all of them.
   *
   * @param eachAlone whether each filter is tried alone, too
   * @return what failed, or has other columns than the file says
   */
  public static List<String> failures(Connection warehouse, boolean eachAlone) {
    List<String> failures = new ArrayList<>();
    for (Content card : ShippedContent.read().of(Kind.CARD)) {
      NativeSql sql = card.sql();
      for (Map<String, String> values : choices(sql, eachAlone)) {
        try (Statement statement = warehouse.createStatement();
            ResultSet rows = statement.executeQuery(sql.compile(values))) {
          Set<String> columns = columns(rows.getMetaData());
          if (!columns.equals(sql.columns())) {
            failures.add(card.name() + ": columns " + columns + ", not " + sql.columns());
          }
        } catch (SQLException e) {
          failures.add(card.name() + " with " + values.keySet() + ": " + e.getMessage());
        }
      }
    }
    return failures;
  }

  /** Returns the rows of a question, each a text of its values. */
  public static List<String> rows(Connection warehouse, String file, Map<String, String> values)
      throws SQLException {
    Content card =
        ShippedContent.read().contents().stream()
            .filter(one -> one.file().endsWith("/" + file + ".yaml"))
            .findFirst()
            .orElseThrow();
    List<String> found = new ArrayList<>();
    try (Statement statement = warehouse.createStatement();
        ResultSet rows = statement.executeQuery(card.sql().compile(values))) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
        found.add(String.join("|", row));
      }
    }
    return found;
  }

  private static List<Map<String, String>> choices(NativeSql sql, boolean eachAlone) {
    List<Map<String, String>> choices = new ArrayList<>(List.of(Map.of()));
    Map<String, String> all = new HashMap<>();
    for (String tag : sql.tags().keySet()) {
      String value =
          switch (tag) {
            case "period" -> "2024-11";
            case "by" -> "region";
            default -> "A member's";
          };
      if (eachAlone) {
        choices.add(Map.of(tag, value));
      }
      all.put(tag, value);
    }
    choices.add(all);
    return choices;
  }

  private static Set<String> columns(ResultSetMetaData columns) throws SQLException {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      names.add(columns.getColumnLabel(i));
    }
    return names;
  }
}
