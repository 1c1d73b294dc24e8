package io.autopulse.operations.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.yaml.Node;
import io.autopulse.pipeline.yaml.Place;
import io.autopulse.pipeline.yaml.YamlTree;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A collection, question or dashboard in Metabase's serialization format.
 *
 * @param file its path
 * @param yaml the text of the file
 * @param kind what it is
 * @param document what the file says
 */
public record Content(String file, String yaml, Kind kind, ObjectNode document) {
  /** What there is, in the order in which it is made: what comes later names what comes before. */
  public enum Kind {
    /** A folder. */
    COLLECTION("Collection"),
    /** A question. */
    CARD("Card"),
    /** A page of questions. */
    DASHBOARD("Dashboard");

    private final String model;

    Kind(String model) {
      this.model = model;
    }

    /** Returns Metabase's name of it. */
    public String model() {
      return model;
    }

    /** Returns its word in the paths of Metabase's API. */
    public String path() {
      return model.toLowerCase(Locale.ROOT);
    }
  }

  /** Returns the identity, which stays when the name changes. */
  public String id() {
    return text("entity_id");
  }

  /** Returns what people call it. */
  public String name() {
    return text("name");
  }

  /** Returns the text of a key; empty without one. */
  public String text(String key) {
    return document.path(key).asText("");
  }

  /** Returns the elements of a list; none without one. */
  public List<JsonNode> list(String key) {
    return Json.elements(document.path(key));
  }

  /** Returns the statement of a question. */
  public NativeSql sql() {
    return NativeSql.of(document.path("dataset_query").path("stages").path(0));
  }

  /**
   * Returns a problem of a value.
   *
   * @param path where it is, such as {@code dashcards.2.card_id}
   */
  InputException problem(String path, String problem, String remedy) {
    Node node = YamlTree.read(yaml, Place.inFile(file), "");
    String place = node.place().text();
    for (String step : path.split("\\.", -1)) {
      node = step(node, step);
      if (node == null) {
        break;
      }
      place = node.place().text();
    }
    return new InputException(place, problem, remedy);
  }

  private static @Nullable Node step(Node node, String step) {
    if (node instanceof Node.Mapping map) {
      return map.entries().get(step);
    }
    if (node instanceof Node.Sequence list
        && step.matches("\\d+")
        && Integer.parseInt(step) < list.elements().size()) {
      return list.elements().get(Integer.parseInt(step));
    }
    return null;
  }
}
