package io.autopulse.operations.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.NearestName;
import io.autopulse.operations.metabase.Content.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A dashboard: the questions it shows, where, how its filters reach them, and where clicks lead.
 */
final class DashboardRules {
  private static final int COLUMNS = 24;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(filter:)?([^}]*)}}");

  private final Content dashboard;
  private final ContentFolder folder;
  private final List<InputException> problems;
  private final Map<String, String> slugs = new HashMap<>();

  DashboardRules(Content dashboard, ContentFolder folder, List<InputException> problems) {
    this.dashboard = dashboard;
    this.folder = folder;
    this.problems = problems;
    for (JsonNode parameter : dashboard.list("parameters")) {
      slugs.put(parameter.path("id").asText(), parameter.path("slug").asText());
    }
  }

  void check() {
    Set<String> wired = new HashSet<>();
    Set<String> cells = new HashSet<>();
    List<JsonNode> dashcards = dashboard.list("dashcards");
    for (int i = 0; i < dashcards.size(); i++) {
      String path = "dashcards." + i;
      JsonNode dashcard = dashcards.get(i);
      layout(path, dashcard, cells);
      if (dashcard.hasNonNull("card_id")) {
        Optional<Content> card = card(path + ".card_id", dashcard.get("card_id"));
        if (card.isPresent()) {
          mappings(path, dashcard, card.get().sql(), wired);
          click(path, dashcard, card.get().sql());
        }
      }
    }
    parameters(wired);
  }

  private void layout(String path, JsonNode dashcard, Set<String> cells) {
    int row = dashcard.path("row").asInt();
    int col = dashcard.path("col").asInt();
    boolean free = col + dashcard.path("size_x").asInt() <= COLUMNS;
    for (int y = row; y < row + dashcard.path("size_y").asInt(); y++) {
      for (int x = col; x < col + dashcard.path("size_x").asInt(); x++) {
        free &= cells.add(x + "," + y);
      }
    }
    if (!free) {
      report(path, "layout: it lies over another card or beyond column 24", "Move it");
    }
  }

  private Optional<Content> card(String path, JsonNode id) {
    Optional<Content> card = folder.find(Kind.CARD, id.asText());
    if (card.isEmpty()) {
      report(
          path,
          "dangling-reference: no file has the card " + id.asText(),
          "Name a card of the folder by its entity_id");
    }
    return card;
  }

  private void mappings(String path, JsonNode dashcard, NativeSql sql, Set<String> wired) {
    Set<String> reached = new TreeSet<>();
    List<JsonNode> mappings = Json.elements(dashcard.path("parameter_mappings"));
    for (int i = 0; i < mappings.size(); i++) {
      String at = path + ".parameter_mappings." + i;
      JsonNode mapping = mappings.get(i);
      String parameter = mapping.path("parameter_id").asText();
      String tag = mapping.path("target").path(1).path(1).asText();
      if (!mapping.path("card_id").equals(dashcard.path("card_id"))) {
        report(
            at, "dangling-reference: it names another card than this one shows", "Name this one");
      }
      if (!slugs.containsKey(parameter)) {
        report(
            at, "wrong-target: the dashboard has no filter " + parameter, "Name one of parameters");
      } else if (!tag.equals(slugs.get(parameter))) {
        report(
            at,
            "wrong-target: the filter " + slugs.get(parameter) + " reaches the tag " + tag,
            "Give the tag the slug of its filter");
      }
      if (!sql.tags().containsKey(tag)) {
        report(
            at,
            "wrong-target: the card has no tag " + tag,
            NearestName.hint(tag, sql.tags().keySet()));
      } else if (!mapping
          .path("target")
          .path(0)
          .asText()
          .equals(sql.isField(tag) ? "dimension" : "variable")) {
        report(
            at,
            "wrong-target: a tag of the type dimension is reached as dimension, any other as variable",
            "Write " + (sql.isField(tag) ? "dimension" : "variable"));
      }
      reached.add(tag);
      wired.add(parameter);
    }
    for (String tag : sql.tags().keySet()) {
      if (!reached.contains(tag)) {
        report(
            path,
            "unwired-filter: no filter reaches the tag " + tag + " of the card",
            "Add it to parameter_mappings");
      }
    }
  }

  private void parameters(Set<String> wired) {
    List<JsonNode> parameters = dashboard.list("parameters");
    for (int i = 0; i < parameters.size(); i++) {
      String path = "parameters." + i;
      JsonNode parameter = parameters.get(i);
      String id = parameter.path("id").asText();
      if (!wired.contains(id)) {
        report(
            path,
            "unwired-filter: it reaches no card",
            "Add it to parameter_mappings, or remove it");
      }
      for (JsonNode parent : Json.elements(parameter.path("filteringParameters"))) {
        if (parent.asText().equals(id) || !slugs.containsKey(parent.asText())) {
          report(
              path + ".filteringParameters",
              "linked-filter: there is no other filter " + parent.asText(),
              "Name the id of another filter of the dashboard");
        }
      }
      JsonNode source = parameter.path("values_source_config");
      if (source.has("card_id")) {
        String at = path + ".values_source_config";
        String column = source.path("value_field").path(2).asText();
        card(at + ".card_id", source.get("card_id"))
            .filter(card -> !card.sql().columns().contains(column))
            .ifPresent(
                card ->
                    report(
                        at + ".value_field",
                        "unknown-column: the card has no column " + column,
                        NearestName.hint(column, card.sql().columns())));
      }
    }
  }

  private void click(String path, JsonNode dashcard, NativeSql sql) {
    JsonNode click = dashcard.path("visualization_settings").path("click_behavior");
    if (click.isMissingNode()) {
      return;
    }
    String at = path + ".visualization_settings.click_behavior";
    if (!click.path("linkType").asText().equals("url")) {
      report(at, "click-through: it leads to no URL", "Lead to a page of the web dashboard");
    }
    PLACEHOLDER
        .matcher(click.path("linkTemplate").asText())
        .results()
        .forEach(
            placeholder -> {
              boolean filter = placeholder.group(1) != null;
              Set<String> known = filter ? Set.copyOf(slugs.values()) : sql.columns();
              if (!known.contains(placeholder.group(2))) {
                report(
                    at,
                    "click-through: there is no %s %s"
                        .formatted(filter ? "filter" : "column", placeholder.group(2)),
                    NearestName.hint(placeholder.group(2), known));
              }
            });
  }

  private void report(String path, String problem, String remedy) {
    problems.add(dashboard.problem(path, problem, remedy));
  }
}
