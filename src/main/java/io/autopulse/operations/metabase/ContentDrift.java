package io.autopulse.operations.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autopulse.operations.metabase.Content.Kind;
import io.autopulse.operations.metabase.ServerContent.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * How a server's content differs from the files.
 *
 * @param missing what the server has not
 * @param changed what it has otherwise
 * @param surplus what it has in our collection and no file says
 * @param same how many are the same
 */
public record ContentDrift(
    List<Content> missing, List<Changed> changed, List<Surplus> surplus, int same) {
  private static final List<String> COMPARED =
      List.of(
          "name",
          "description",
          "parent_id",
          "collection_id",
          "display",
          "visualization_settings",
          "width",
          "auto_apply_filters",
          "parameters",
          "tabs");

  /**
   * Something that differs.
   *
   * @param content its file
   * @param differences what differs
   */
  public record Changed(Content content, List<Difference> differences) {
    /** Keeps its own copy. */
    public Changed {
      differences = List.copyOf(differences);
    }
  }

  /**
   * A value that differs.
   *
   * @param path where it is, such as {@code dashcards/0/row}
   * @param server what Metabase has
   * @param file what the file says
   */
  public record Difference(String path, Optional<String> server, Optional<String> file) {}

  /**
   * Something that no file says.
   *
   * @param kind what it is
   * @param number what the server calls it by
   * @param name what people call it
   */
  public record Surplus(Kind kind, long number, String name) {}

  /** Keeps its own copies. */
  public ContentDrift {
    missing = List.copyOf(missing);
    changed = List.copyOf(changed);
    surplus = List.copyOf(surplus);
  }

  /** Returns how a server's content differs from the files. */
  static ContentDrift between(ContentFolder folder, ServerContent server) {
    List<Content> missing = new ArrayList<>();
    List<Changed> changed = new ArrayList<>();
    for (Content file :
        folder.contents().stream()
            .sorted(Comparator.comparing(Content::kind).thenComparing(one -> depth(folder, one)))
            .toList()) {
      Optional<Item> there = server.find(file.kind(), file.id());
      if (there.isEmpty()) {
        missing.add(file);
      } else {
        List<Difference> differences = differences(there.get().document(), file.document());
        if (!differences.isEmpty()) {
          changed.add(new Changed(file, differences));
        }
      }
    }
    List<Surplus> surplus =
        server.items().stream()
            .filter(item -> folder.find(item.kind(), item.id()).isEmpty())
            // A dashboard goes before its questions, and they before their collection.
            .sorted(Comparator.comparing(Item::kind).reversed())
            .map(item -> new Surplus(item.kind(), item.number(), item.name()))
            .toList();
    return new ContentDrift(
        missing, changed, surplus, folder.contents().size() - missing.size() - changed.size());
  }

  /** Tells whether there is none. */
  public boolean isEmpty() {
    return missing.isEmpty() && changed.isEmpty() && surplus.isEmpty();
  }

  private static int depth(ContentFolder folder, Content content) {
    return folder
        .find(Kind.COLLECTION, content.text("parent_id"))
        .map(parent -> 1 + depth(folder, parent))
        .orElse(0);
  }

  private static List<Difference> differences(ObjectNode server, ObjectNode file) {
    Map<String, String> there = Json.texts(compared(server));
    Map<String, String> here = Json.texts(compared(file));
    TreeSet<String> paths = new TreeSet<>(there.keySet());
    paths.addAll(here.keySet());
    return paths.stream()
        .filter(path -> !Objects.equals(there.get(path), here.get(path)))
        .map(
            path ->
                new Difference(
                    path,
                    Optional.ofNullable(there.get(path)),
                    Optional.ofNullable(here.get(path))))
        .toList();
  }

  /** Returns what both know, in an order of its own. */
  private static ObjectNode compared(ObjectNode document) {
    ObjectNode compared = Json.pick(document, COMPARED);
    JsonNode query = document.path("dataset_query");
    if (query.isObject()) {
      JsonNode stage = query.path("stages").path(0);
      ObjectNode sql = compared.putObject("query");
      sql.put("database", query.path("database").asText());
      sql.put("native", stage.path("native").asText().strip());
      for (JsonNode tag : Json.sorted(stage.path("template-tags"), "name")) {
        sql.set(tag.path("name").asText(), tag);
      }
    }
    ArrayNode dashcards = Json.MAPPER.createArrayNode();
    Json.elements(document.path("dashcards")).stream()
        .sorted(
            Comparator.comparingInt((JsonNode one) -> one.path("row").asInt())
                .thenComparingInt(one -> one.path("col").asInt()))
        .forEach(
            one -> {
              ObjectNode card =
                  Json.pick(
                      one,
                      List.of(
                          "card_id", "row", "col", "size_x", "size_y", "visualization_settings"));
              card.set(
                  "parameter_mappings",
                  Json.array(Json.sorted(one.path("parameter_mappings"), "parameter_id")));
              dashcards.add(card);
            });
    if (!dashcards.isEmpty()) {
      compared.set("dashcards", dashcards);
    }
    return compared;
  }
}
