package io.autopulse.operations.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autopulse.operations.metabase.Content.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says what a file says in the words of Metabase's API, and the other way round. A file names
 * content by identities, and columns by names; the API both by numbers of that server.
 */
final class Translation {
  /** What a dashboard keeps of its identity, since the API gives it one of its own. */
  static final String MARK = "points_of_interest";

  static final String MARKED = "autopulse:";

  private static final List<String> COLLECTION = List.of("name", "description");
  private static final List<String> CARD =
      List.of("name", "description", "display", "type", "visualization_settings");
  private static final List<String> DASHBOARD =
      List.of("name", "description", "width", "auto_apply_filters");
  private static final List<String> PLACED = List.of("row", "col", "size_x", "size_y");
  private static final List<String> TAG =
      List.of("type", "name", "id", "display-name", "default", "required", "widget-type");
  private static final int IDENTITY = 21;

  private final Numbers numbers;

  Translation(Numbers numbers) {
    this.numbers = numbers;
  }

  /** Returns the body that makes the server's content what the file says, but for dashcards. */
  ObjectNode body(Kind kind, ObjectNode document) {
    return switch (kind) {
      case COLLECTION -> {
        ObjectNode body = described(Json.pick(document, COLLECTION));
        if (document.hasNonNull("parent_id")) {
          body.put("parent_id", numbers.number(kind, document.get("parent_id").asText()));
        }
        yield body;
      }
      case CARD ->
          placed(Json.pick(document, CARD), document).set("dataset_query", query(document));
      case DASHBOARD -> {
        ObjectNode body = placed(Json.pick(document, DASHBOARD), document);
        ArrayNode parameters = body.putArray("parameters");
        for (JsonNode parameter : Json.elements(document.path("parameters"))) {
          parameters.add(source(parameter.deepCopy(), true));
        }
        yield body;
      }
    };
  }

  /** What a file does not say must not stay from what somebody wrote. */
  private static ObjectNode described(ObjectNode body) {
    return body.has("description") ? body : body.putNull("description");
  }

  private ObjectNode placed(ObjectNode body, ObjectNode document) {
    return described(body)
        .put(
            "collection_id",
            numbers.number(Kind.COLLECTION, document.path("collection_id").asText()));
  }

  /**
   * Returns the dashcards of a dashboard. One that shows the same question at the same place keeps
   * its number, then one that shows the same question; the rest get negative ones, by which the
   * server knows that they are new.
   */
  ArrayNode dashcards(ObjectNode document, JsonNode there) {
    List<JsonNode> old = new ArrayList<>(Json.elements(there.path("dashcards")));
    Map<Integer, Long> kept = new HashMap<>();
    List<JsonNode> wanted = Json.elements(document.path("dashcards"));
    for (boolean samePlace : new boolean[] {true, false}) {
      for (int i = 0; i < wanted.size(); i++) {
        long card = card(wanted.get(i));
        JsonNode one = wanted.get(i);
        if (!kept.containsKey(i)) {
          int at = i;
          old.stream()
              .filter(o -> o.path("card_id").asLong() == card)
              .filter(
                  o -> !samePlace || PLACED.stream().allMatch(k -> o.path(k).equals(one.path(k))))
              .findFirst()
              .ifPresent(
                  o -> {
                    kept.put(at, o.path("id").asLong());
                    old.remove(o);
                  });
        }
      }
    }
    ArrayNode dashcards = Json.MAPPER.createArrayNode();
    for (int i = 0; i < wanted.size(); i++) {
      JsonNode one = wanted.get(i);
      ObjectNode dashcard = Json.pick(one, PLACED).put("id", kept.getOrDefault(i, -1L - i));
      dashcard.put("card_id", card(one));
      dashcard.set("visualization_settings", settings(one));
      ArrayNode mappings = dashcard.putArray("parameter_mappings");
      for (JsonNode mapping : Json.elements(one.path("parameter_mappings"))) {
        ObjectNode copy = mapping.deepCopy();
        mappings.add(copy.put("card_id", card(mapping)));
      }
      dashcard.putArray("series");
      dashcards.add(dashcard);
    }
    return dashcards;
  }

  private long card(JsonNode holder) {
    return numbers.number(Kind.CARD, holder.path("card_id").asText());
  }

  private static JsonNode settings(JsonNode dashcard) {
    return dashcard.path("visualization_settings").isObject()
        ? dashcard.get("visualization_settings")
        : Json.object();
  }

  private ObjectNode query(ObjectNode document) {
    JsonNode query = document.path("dataset_query");
    JsonNode stage = query.path("stages").path(0);
    ObjectNode body = Json.object().put("type", "native");
    body.put("database", numbers.database(query.path("database").asText()));
    ObjectNode nativeQuery = body.putObject("native");
    nativeQuery.put("query", stage.path("native").asText());
    ObjectNode tags = nativeQuery.putObject("template-tags");
    for (JsonNode tag : stage.path("template-tags")) {
      ObjectNode copy = tag.deepCopy();
      if (tag.has("dimension")) {
        copy.putArray("dimension")
            .add("field")
            .add(numbers.field(tag.get("dimension").path(2)))
            .addNull();
      }
      tags.set(tag.path("name").asText(), copy);
    }
    return body;
  }

  /** Turns the question that a filter's values come from into its number, or back. */
  private ObjectNode source(ObjectNode parameter, boolean toServer) {
    if (parameter.path("values_source_config") instanceof ObjectNode config
        && config.has("card_id")) {
      JsonNode card = config.get("card_id");
      if (toServer) {
        config.put("card_id", numbers.number(Kind.CARD, card.asText()));
      } else {
        config.put("card_id", numbers.id(Kind.CARD, card.asLong()));
      }
      JsonNode field = config.path("value_field");
      // The API has the name before the options, a file after them.
      if (field.size() == 3 && field.get(1).isObject() == toServer) {
        config.putArray("value_field").add("field").add(field.get(2)).add(field.get(1));
      }
    }
    return parameter;
  }

  /** Returns the file's document of what the server has. */
  ObjectNode document(Kind kind, String id, JsonNode there) {
    return switch (kind) {
      case COLLECTION -> Json.pick(there, COLLECTION).put("entity_id", id);
      case CARD -> {
        ObjectNode card = at(Json.pick(there, CARD).put("entity_id", id), there);
        yield card.set("dataset_query", queryDocument(there.path("dataset_query")));
      }
      case DASHBOARD -> {
        ObjectNode dashboard = at(Json.pick(there, DASHBOARD).put("entity_id", id), there);
        ArrayNode parameters = dashboard.putArray("parameters");
        for (JsonNode parameter : Json.elements(there.path("parameters"))) {
          parameters.add(source(parameter.deepCopy(), false));
        }
        if (there.path("tabs").size() > 0) {
          dashboard.set(
              "tabs",
              Json.array(
                  Json.elements(there.get("tabs")).stream()
                      .map(tab -> Json.pick(tab, List.of("name")))
                      .toList()));
        }
        dashboard.set("dashcards", dashcardDocuments(id, there));
        yield dashboard;
      }
    };
  }

  private ObjectNode at(ObjectNode document, JsonNode there) {
    return document.put(
        "collection_id", numbers.id(Kind.COLLECTION, there.path("collection_id").asLong()));
  }

  private ArrayNode dashcardDocuments(String dashboard, JsonNode there) {
    List<JsonNode> sorted = new ArrayList<>(Json.elements(there.path("dashcards")));
    sorted.sort(
        Comparator.comparingInt((JsonNode one) -> one.path("row").asInt())
            .thenComparingInt(one -> one.path("col").asInt()));
    Map<String, Integer> times = new HashMap<>();
    ArrayNode documents = Json.MAPPER.createArrayNode();
    for (JsonNode one : sorted) {
      String card =
          one.path("card_id").isNull() ? "" : numbers.id(Kind.CARD, one.path("card_id").asLong());
      int time = times.merge(card, 1, Integer::sum);
      String id = identity(dashboard + "/" + card + (time > 1 ? "/" + time : ""));
      ObjectNode dashcard = Json.object().put("entity_id", id);
      if (!card.isEmpty()) {
        dashcard.put("card_id", card);
      }
      dashcard.setAll(Json.pick(one, PLACED));
      ArrayNode mappings = dashcard.putArray("parameter_mappings");
      for (JsonNode mapping : Json.sorted(one.path("parameter_mappings"), "parameter_id")) {
        ObjectNode copy = Json.pick(mapping, List.of("parameter_id"));
        copy.put("card_id", numbers.id(Kind.CARD, mapping.path("card_id").asLong()));
        ArrayNode target = copy.putArray("target");
        // Newer servers add the stage of the query, of which a statement has one.
        Json.elements(mapping.path("target")).stream().limit(2).forEach(target::add);
        mappings.add(copy);
      }
      if (settings(one).size() > 0) {
        dashcard.set("visualization_settings", settings(one));
      }
      ArrayNode path = dashcard.putArray("serdes/meta");
      path.addObject().put("id", dashboard).put("model", "Dashboard");
      path.addObject().put("id", id).put("model", "DashboardCard");
      documents.add(dashcard);
    }
    return documents;
  }

  private ObjectNode queryDocument(JsonNode query) {
    ObjectNode document = Json.object().put("lib/type", "mbql/query");
    long database = query.path("database").asLong();
    document.put("database", numbers.database(database));
    // Newer servers answer with stages, older ones with the statement itself.
    JsonNode stage = query.path("stages").path(0);
    JsonNode legacy = query.path("native");
    JsonNode tags = (legacy.isObject() ? legacy : stage).path("template-tags");
    ObjectNode written =
        document.putArray("stages").addObject().put("lib/type", "mbql.stage/native");
    written.put(
        "native", (legacy.isObject() ? legacy.path("query") : stage.path("native")).asText());
    if (tags.size() > 0) {
      ArrayNode list = written.putArray("template-tags");
      for (JsonNode tag : Json.sorted(tags, "name")) {
        ObjectNode copy = Json.pick(tag, TAG);
        if (tag.has("dimension")) {
          JsonNode field = tag.get("dimension");
          JsonNode number = field.path(1).isNumber() ? field.path(1) : field.path(2);
          ArrayNode dimension = copy.putArray("dimension").add("field");
          dimension.add(Json.object()).add(numbers.field(database, number.asLong()));
        }
        list.add(copy);
      }
    }
    return document;
  }

  /** Returns an identity of Metabase's form that is always the same for the same text. */
  static String identity(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().encodeToString(hash).substring(0, IDENTITY);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
