package io.autopulse.operations.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autopulse.operations.metabase.Content.Kind;
import io.autopulse.operations.metabase.ContentDrift.Changed;
import io.autopulse.operations.metabase.ContentDrift.Surplus;
import io.autopulse.operations.metabase.ServerContent.Item;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Makes a Metabase server's content what the files say. A second time it does nothing. When it
 * fails it takes back what it has done, so that people see the dashboards of before.
 */
public final class Provisioning {
  private static final List<String> DASHBOARD =
      List.of(
          "name",
          "description",
          "width",
          "auto_apply_filters",
          "parameters",
          "collection_id",
          Translation.MARK);
  private static final List<String> CARD =
      List.of(
          "name",
          "description",
          "display",
          "type",
          "dataset_query",
          "visualization_settings",
          "collection_id");
  private static final List<String> DASHCARD =
      List.of(
          "id",
          "card_id",
          "dashboard_tab_id",
          "row",
          "col",
          "size_x",
          "size_y",
          "parameter_mappings",
          "visualization_settings");

  private final MetabaseServer server;
  private final ContentFolder folder;
  private final Deque<Runnable> undo = new ArrayDeque<>();

  /**
   * Makes it; nothing is asked or done yet.
   *
   * @param folder the content as it shall be
   */
  public Provisioning(MetabaseServer server, ContentFolder folder) {
    this.server = server;
    this.folder = folder;
  }

  /** Returns what would be done. */
  public ContentDrift plan() {
    return ContentDrift.between(folder, ServerContent.read(server, folder));
  }

  /** Returns what the server has, as files. */
  public ContentFolder export() {
    String creator =
        folder.contents().stream()
            .map(content -> content.text("creator_id"))
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("autopulse@example.com");
    return ServerContent.read(server, folder).export(creator);
  }

  /**
   * Does it: collections, then questions, then dashboards; what no file says goes to the trash
   * last.
   *
   * @return what differed before
   */
  public ContentDrift apply() {
    ServerContent there = ServerContent.read(server, folder);
    ContentDrift drift = ContentDrift.between(folder, there);
    try {
      for (Kind kind : Kind.values()) {
        drift.missing().stream()
            .filter(content -> content.kind() == kind)
            .forEach(content -> create(content, there));
        drift.changed().stream()
            .map(Changed::content)
            .filter(content -> content.kind() == kind)
            .forEach(
                content -> change(content, there.find(kind, content.id()).orElseThrow(), there));
      }
      drift.surplus().forEach(this::archive);
    } catch (RuntimeException failure) {
      takeBack(failure);
      throw failure;
    }
    return drift;
  }

  private void create(Content content, ServerContent there) {
    Kind kind = content.kind();
    ObjectNode body = there.translation().body(kind, content.document());
    Optional<JsonNode> trashed =
        kind == Kind.CARD ? server.find("api/card/" + content.id()) : Optional.empty();
    JsonNode made;
    if (trashed.isPresent()) {
      // Once a file's, then in the trash, or moved out of our collection by a person.
      JsonNode old = trashed.get();
      made = server.put(path(kind, old.path("id").asLong()), body.put("archived", false));
      undo.push(() -> restore(kind, old));
    } else {
      made =
          server.post(
              "api/" + kind.path(),
              kind == Kind.CARD
                  ? body.put("entity_id", content.id())
                  : kind == Kind.DASHBOARD
                      ? Json.pick(body, List.of("name", "description", "collection_id"))
                      : body);
      long number = made.path("id").asLong();
      undo.push(() -> server.put(path(kind, number), Json.object().put("archived", true)));
    }
    there.numbers().put(kind, content.id(), made.path("id").asLong());
    if (kind == Kind.DASHBOARD) {
      fill(content, made, there);
    }
  }

  private void change(Content content, Item item, ServerContent there) {
    undo.push(() -> restore(item.kind(), item.raw()));
    if (content.kind() == Kind.DASHBOARD) {
      fill(content, item.raw(), there);
    } else {
      server.put(
          path(content.kind(), item.number()),
          there.translation().body(content.kind(), content.document()));
    }
  }

  /** Changes all of a dashboard in one call, which Metabase does in one transaction. */
  private void fill(Content content, JsonNode made, ServerContent there) {
    ObjectNode body = there.translation().body(Kind.DASHBOARD, content.document());
    body.put(Translation.MARK, Translation.MARKED + content.id());
    body.set("dashcards", there.translation().dashcards(content.document(), made));
    body.putArray("tabs");
    server.put(path(Kind.DASHBOARD, made.path("id").asLong()), body);
  }

  private void archive(Surplus surplus) {
    String path = path(surplus.kind(), surplus.number());
    undo.push(() -> server.put(path, Json.object().put("archived", false)));
    server.put(path, Json.object().put("archived", true));
  }

  private void restore(Kind kind, JsonNode raw) {
    ObjectNode body =
        switch (kind) {
          case COLLECTION -> Json.pick(raw, List.of("name", "description"));
          case CARD -> Json.pick(raw, CARD);
          case DASHBOARD -> Json.pick(raw, DASHBOARD);
        };
    body.put("archived", raw.path("archived").asBoolean());
    if (kind == Kind.DASHBOARD) {
      body.set("dashcards", dashcards(raw));
      body.set(
          "tabs",
          Json.array(
              Json.elements(raw.path("tabs")).stream()
                  .map(tab -> Json.pick(tab, List.of("id", "name")))
                  .toList()));
    }
    server.put(path(kind, raw.path("id").asLong()), body);
  }

  private static ArrayNode dashcards(JsonNode raw) {
    ArrayNode dashcards = Json.MAPPER.createArrayNode();
    for (JsonNode one : Json.elements(raw.path("dashcards"))) {
      ObjectNode dashcard = Json.pick(one, DASHCARD);
      ArrayNode series = dashcard.putArray("series");
      Json.elements(one.path("series")).forEach(card -> series.add(Json.pick(card, List.of("id"))));
      dashcards.add(dashcard);
    }
    return dashcards;
  }

  private void takeBack(RuntimeException failure) {
    while (!undo.isEmpty()) {
      try {
        undo.pop().run();
      } catch (RuntimeException e) {
        // The first failure is the one that is told; the next apply finds what is left of it.
        failure.addSuppressed(e);
      }
    }
  }

  private static String path(Kind kind, long number) {
    return "api/" + kind.path() + "/" + number;
  }
}
