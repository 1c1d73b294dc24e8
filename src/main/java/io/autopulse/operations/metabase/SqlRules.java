package io.autopulse.operations.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.NearestName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A question's statement: its placeholders, and the columns that its chart names. */
final class SqlRules {
  private static final String STAGE = "dataset_query.stages.0.";
  private static final Pattern COLUMN = Pattern.compile("\\[\"name\",\"(.*)\"]");

  private SqlRules() {}

  static void check(Content card, List<InputException> problems) {
    NativeSql sql = card.sql();
    for (String tag : sql.used()) {
      if (!sql.tags().containsKey(tag)) {
        problems.add(
            card.problem(
                STAGE + "native",
                "undeclared-tag: template-tags has no " + tag,
                NearestName.hint(tag, sql.tags().keySet())));
      }
    }
    int i = 0;
    for (String tag : sql.tags().keySet()) {
      if (!sql.used().contains(tag)) {
        problems.add(
            card.problem(
                STAGE + "template-tags." + i,
                "absent-tag: the statement does not use " + tag,
                "Write {{" + tag + "}} where it filters, or remove the tag"));
      }
      i++;
    }
    for (String column : named(card.document().path("visualization_settings"))) {
      if (!sql.columns().contains(column)) {
        problems.add(
            card.problem(
                "visualization_settings",
                "unknown-column: the statement has no column " + column,
                NearestName.hint(column, sql.columns())));
      }
    }
  }

  /** Returns the columns that settings name. */
  private static Set<String> named(JsonNode settings) {
    Set<String> named = new TreeSet<>();
    for (String key : List.of("graph.dimensions", "graph.metrics")) {
      settings.path(key).forEach(column -> named.add(column.asText()));
    }
    if (settings.has("scalar.field")) {
      named.add(settings.get("scalar.field").asText());
    }
    named.addAll(Json.keys(settings.path("series_settings")));
    for (String key : Json.keys(settings.path("column_settings"))) {
      Matcher column = COLUMN.matcher(key);
      named.add(column.matches() ? column.group(1) : key);
    }
    return named;
  }
}
