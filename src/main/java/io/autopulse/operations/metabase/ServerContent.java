package io.autopulse.operations.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autopulse.operations.metabase.Content.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a server has in our collection and those below it, in the form of files.
 *
 * <p>A question has the identity of its file; a dashboard, which the API gives another, keeps it in
 * a mark. What has neither is the file's of the same name in the same collection.
 */
final class ServerContent {
  /**
   * Something that the server has.
   *
   * @param kind what it is
   * @param id its identity
   * @param number what the server calls it by
   * @param raw what the server says of it
   * @param document the same as a file
   */
  record Item(Kind kind, String id, long number, JsonNode raw, ObjectNode document) {
    String name() {
      return raw.path("name").asText();
    }
  }

  private final MetabaseServer server;
  private final ContentFolder folder;
  private final Numbers numbers;
  private final Translation translation;
  private final List<Item> items = new ArrayList<>();
  private final Map<String, String> parents = new HashMap<>();

  private ServerContent(MetabaseServer server, ContentFolder folder) {
    this.server = server;
    this.folder = folder;
    this.numbers = new Numbers(server);
    this.translation = new Translation(numbers);
  }

  /** Reads it. */
  static ServerContent read(MetabaseServer server, ContentFolder folder) {
    ServerContent content = new ServerContent(server, folder);
    content.readCollections();
    content.readItems();
    return content;
  }

  List<Item> items() {
    return items;
  }

  Numbers numbers() {
    return numbers;
  }

  Translation translation() {
    return translation;
  }

  Optional<Item> find(Kind kind, String id) {
    return items.stream().filter(item -> item.kind() == kind && item.id().equals(id)).findFirst();
  }

  private void readCollections() {
    List<JsonNode> all =
        Json.elements(server.get("api/collection")).stream()
            .filter(one -> one.path("id").isNumber() && !one.path("archived").asBoolean())
            .sorted(Comparator.comparingInt(one -> one.path("location").asText().length()))
            .toList();
    Map<String, String> known = new HashMap<>();
    for (JsonNode one : all) {
      String location = one.path("location").asText("/");
      String parent = known.getOrDefault(location, "");
      Optional<Content> file =
          folder.of(Kind.COLLECTION).stream()
              .filter(
                  f ->
                      f.text("parent_id").equals(parent)
                          && f.name().equals(one.path("name").asText()))
              .findFirst();
      if (parent.isEmpty() && (file.isEmpty() || !location.equals("/"))) {
        continue;
      }
      String id = file.map(Content::id).orElse(one.path("entity_id").asText());
      long number = one.path("id").asLong();
      known.put(location + number + "/", id);
      numbers.put(Kind.COLLECTION, id, number);
      ObjectNode document = translation.document(Kind.COLLECTION, id, one);
      if (!parent.isEmpty()) {
        document.put("parent_id", parent);
        parents.put(id, parent);
      }
      items.add(new Item(Kind.COLLECTION, id, number, one, document));
    }
  }

  private void readItems() {
    List<JsonNode> found = new ArrayList<>();
    for (Item collection : List.copyOf(items)) {
      found.addAll(server.items(collection.number()));
    }
    Map<Kind, Map<Long, JsonNode>> raw = new HashMap<>();
    for (Kind kind : List.of(Kind.CARD, Kind.DASHBOARD)) {
      Map<Long, JsonNode> of = new TreeMap<>();
      for (JsonNode item : found) {
        if (item.path("model").asText().equals(kind.path()) && !item.path("archived").asBoolean()) {
          long number = item.path("id").asLong();
          of.put(number, server.get("api/" + kind.path() + "/" + number));
        }
      }
      raw.put(kind, of);
      identify(kind, of).forEach((number, id) -> numbers.put(kind, id, number));
    }
    raw.forEach(
        (kind, of) ->
            of.forEach(
                (number, one) -> {
                  String id = numbers.id(kind, number);
                  items.add(new Item(kind, id, number, one, translation.document(kind, id, one)));
                }));
    items.sort(Comparator.comparing(Item::kind).thenComparing(Item::id));
  }

  private Map<Long, String> identify(Kind kind, Map<Long, JsonNode> of) {
    Map<Long, String> identities = new HashMap<>();
    Set<String> claimed = new HashSet<>();
    of.forEach(
        (number, one) -> {
          String own = own(kind, one);
          if (folder.find(kind, own).isPresent() && claimed.add(own)) {
            identities.put(number, own);
          }
        });
    of.forEach(
        (number, one) -> {
          if (!identities.containsKey(number)) {
            Predicate<Content> same =
                file ->
                    file.name().equals(one.path("name").asText())
                        && file.text("collection_id")
                            .equals(
                                numbers.id(Kind.COLLECTION, one.path("collection_id").asLong()));
            identities.put(
                number,
                folder.of(kind).stream()
                    .filter(same)
                    .map(Content::id)
                    .filter(claimed::add)
                    .findFirst()
                    .orElse(own(kind, one)));
          }
        });
    return identities;
  }

  private static String own(Kind kind, JsonNode one) {
    String mark = one.path(Translation.MARK).asText("");
    return kind == Kind.DASHBOARD && mark.startsWith(Translation.MARKED)
        ? mark.substring(Translation.MARKED.length())
        : one.path("entity_id").asText(kind.path() + ":" + one.path("id").asText());
  }

  /**
   * Returns what the server has as files that can be imported, in folders as Metabase writes them.
   *
   * @param creator who is said to have made them
   */
  ContentFolder export(String creator) {
    List<Content> contents = new ArrayList<>();
    Set<String> files = new HashSet<>();
    for (Item item : items) {
      ObjectNode document = Json.object();
      document.setAll(item.document());
      if (item.kind() != Kind.COLLECTION) {
        document.put("creator_id", creator);
      }
      ArrayNode path = document.putArray("serdes/meta");
      path.addObject()
          .put("id", item.id())
          .put("label", slug(item.name()))
          .put("model", item.kind().model());
      String parent =
          item.kind() == Kind.COLLECTION
              ? parents.getOrDefault(item.id(), "")
              : item.document().path("collection_id").asText();
      String file = folderOf(parent) + slug(item.name());
      String name = files.add(file) ? file : file + "_" + item.id();
      contents.add(new Content(name + ".yaml", Json.yaml(document), item.kind(), document));
    }
    return new ContentFolder(contents);
  }

  private String folderOf(String collection) {
    return find(Kind.COLLECTION, collection)
        .map(item -> folderOf(parents.getOrDefault(collection, "")) + slug(item.name()) + "/")
        .orElse("");
  }

  private static String slug(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]+", "_")
        .replaceAll("^_|_$", "");
  }
}
