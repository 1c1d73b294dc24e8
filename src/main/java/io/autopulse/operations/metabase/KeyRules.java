package io.autopulse.operations.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.NearestName;
import java.util.List;
import java.util.Set;

/** The keys of files: Metabase ignores one that it does not know, such as a mistyped one. */
final class KeyRules {
  private static final Set<String> COLLECTION =
      Set.of("name", "description", "entity_id", "slug", "parent_id", "serdes/meta");
  private static final Set<String> CARD =
      Set.of(
          "name",
          "description",
          "entity_id",
          "display",
          "creator_id",
          "collection_id",
          "type",
          "dataset_query",
          "visualization_settings",
          "serdes/meta");
  private static final Set<String> DASHBOARD =
      Set.of(
          "name",
          "description",
          "entity_id",
          "creator_id",
          "collection_id",
          "width",
          "auto_apply_filters",
          "parameters",
          "dashcards",
          "serdes/meta");
  private static final Set<String> DASHCARD =
      Set.of(
          "entity_id",
          "card_id",
          "row",
          "col",
          "size_x",
          "size_y",
          "parameter_mappings",
          "visualization_settings",
          "serdes/meta");
  private static final Set<String> MAPPING = Set.of("parameter_id", "card_id", "target");
  private static final Set<String> PARAMETER =
      Set.of(
          "id",
          "name",
          "slug",
          "type",
          "sectionId",
          "default",
          "required",
          "isMultiSelect",
          "filteringParameters",
          "values_query_type",
          "values_source_type",
          "values_source_config");
  private static final Set<String> QUERY = Set.of("lib/type", "database", "stages");
  private static final Set<String> STAGE = Set.of("lib/type", "native", "template-tags");
  private static final Set<String> TAG =
      Set.of(
          "type", "name", "id", "display-name", "default", "required", "dimension", "widget-type");

  private KeyRules() {}

  static void check(Content content, List<InputException> problems) {
    JsonNode document = content.document();
    switch (content.kind()) {
      case COLLECTION -> known(content, "", document, COLLECTION, problems);
      case CARD -> {
        known(content, "", document, CARD, problems);
        JsonNode query = document.path("dataset_query");
        known(content, "dataset_query", query, QUERY, problems);
        JsonNode stage = query.path("stages").path(0);
        known(content, "dataset_query.stages.0", stage, STAGE, problems);
        each(
            content,
            "dataset_query.stages.0.template-tags",
            stage.path("template-tags"),
            TAG,
            problems);
      }
      case DASHBOARD -> {
        known(content, "", document, DASHBOARD, problems);
        each(content, "parameters", document.path("parameters"), PARAMETER, problems);
        each(content, "dashcards", document.path("dashcards"), DASHCARD, problems);
        for (int i = 0; i < document.path("dashcards").size(); i++) {
          each(
              content,
              "dashcards." + i + ".parameter_mappings",
              document.path("dashcards").path(i).path("parameter_mappings"),
              MAPPING,
              problems);
        }
      }
    }
  }

  private static void each(
      Content content,
      String path,
      JsonNode list,
      Set<String> known,
      List<InputException> problems) {
    for (int i = 0; i < list.size(); i++) {
      known(content, path + "." + i, list.path(i), known, problems);
    }
  }

  private static void known(
      Content content,
      String path,
      JsonNode map,
      Set<String> known,
      List<InputException> problems) {
    for (String key : Json.keys(map)) {
      if (!known.contains(key)) {
        problems.add(
            content.problem(
                path.isEmpty() ? key : path + "." + key,
                "unknown-key: there is no " + key + " here",
                NearestName.hint(key, known)));
      }
    }
  }
}
