package io.autopulse.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.autopulse.testing.MetabaseContract.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in for the part of Metabase's API that provisioning uses. What it is asked and what it
 * answers is held to {@link MetabaseContract}: it refuses a request of another shape, and {@link
 * #close} fails if an answer had another one. Its rules: a card keeps the identity it is made with,
 * which is unique also among archived ones, while a dashboard gets one of its own; a dashcard with
 * a negative number is new, one that is left out goes; items come in pages and without archived
 * ones; a dashboard is changed whole or not at all. It is no Metabase.
 */
public final class MetabaseApi implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "key-of-the-test";
  private static final int PAGE = 7;
  private static final Pattern PATH =
      Pattern.compile("/api/(card|dashboard|collection|database)(?:/([\\w:-]+))?(/\\w+)?");

  private final HttpServer server;
  private final Map<String, Map<Long, ObjectNode>> content =
      Map.of("card", new TreeMap<>(), "dashboard", new TreeMap<>(), "collection", new TreeMap<>());
  private final ArrayNode fields = JSON.createArrayNode();
  private final List<String> calls = new ArrayList<>();
  private final List<String> misshapen = new ArrayList<>();
  private boolean stages;
  private long number = 10;
  private int writesUntilFailure = -1;
  private int failureCode;

  private MetabaseApi(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts it on a free port of this machine.
   *
   * @param columns the columns of its only database, as {@code schema.table.column}
   */
  public static MetabaseApi start(Set<String> columns) {
    // Else each answer waits for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      MetabaseApi metabase = new MetabaseApi(http);
      columns.stream().sorted().forEach(metabase.fields::add);
      http.createContext("/", metabase::answer);
      http.start();
      return metabase;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the variables by which a client finds it. */
  public Map<String, String> environment() {
    return Map.of("MB_URL", "http://127.0.0.1:" + server.getAddress().getPort(), "MB_API_KEY", KEY);
  }

  /** Answers with the stages of queries, as newer servers do. */
  public synchronized void answerWithStages() {
    stages = true;
  }

  /**
   * Answers a write with a code, and those after it as ever.
   *
   * @param writes how many go well before
   */
  public synchronized void failAfter(int writes, int code) {
    writesUntilFailure = writes;
    failureCode = code;
  }

  /** Returns the writes it was asked, as method and path. */
  public synchronized List<String> writes() {
    return calls.stream().filter(call -> !call.startsWith("GET")).toList();
  }

  /** Returns all calls, as method, path and query. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** Forgets the calls. */
  public synchronized void forgetCalls() {
    calls.clear();
  }

  /** Returns what is not archived, to be changed as a person does in the browser. */
  public synchronized ObjectNode find(String kind, String name) {
    return content.get(kind).values().stream()
        .filter(one -> one.path("name").asText().equals(name) && !one.path("archived").asBoolean())
        .findFirst()
        .orElseThrow();
  }

  /** Returns how many there are that are archived or are not. */
  public synchronized long count(String kind, boolean archived) {
    return content.get(kind).values().stream()
        .filter(one -> one.path("archived").asBoolean() == archived)
        .count();
  }

  /** Adds a card, as a person does in the browser. */
  public synchronized long addCard(String name, long collection) {
    ObjectNode card = JSON.createObjectNode().put("name", name).put("collection_id", collection);
    card.put("display", "table").put("type", "question").putNull("description");
    card.putObject("visualization_settings");
    card.putObject("dataset_query")
        .put("database", 1)
        .put("type", "native")
        .putObject("native")
        .put("query", "select 1");
    return add("card", card);
  }

  /** Adds a collection, as a person does in the browser. */
  public synchronized long addCollection(String name) {
    ObjectNode collection = JSON.createObjectNode().put("name", name).put("location", "/");
    return add("collection", collection.putNull("description"));
  }

  /** Returns all that people see, for comparison. */
  public synchronized JsonNode state() {
    ObjectNode all = JSON.createObjectNode();
    content.forEach(
        (kind, of) ->
            of.forEach(
                (id, one) -> {
                  if (!one.path("archived").asBoolean()) {
                    ObjectNode copy = one.deepCopy();
                    copy.remove("archived");
                    // Dashcards that are put back are new ones.
                    copy.path("dashcards")
                        .forEach(card -> ((ObjectNode) card).remove(List.of("id", "entity_id")));
                    all.set(kind + id, copy);
                  }
                }));
    return all;
  }

  /** Stops it. Fails if an answer was of another shape than Metabase's. */
  @Override
  public void close() {
    server.stop(0);
    if (!misshapen.isEmpty()) {
      throw new IllegalStateException("The server that stands in answered wrongly: " + misshapen);
    }
  }

  private synchronized void answer(HttpExchange call) throws IOException {
    String method = call.getRequestMethod();
    calls.add(method + " " + call.getRequestURI());
    byte[] body = call.getRequestBody().readAllBytes();
    URI address = call.getRequestURI();
    Optional<Operation> operation = MetabaseContract.find(method, address.getPath());
    boolean write = !method.equals("GET");
    if (!KEY.equals(call.getRequestHeaders().getFirst("x-api-key"))) {
      send(call, 401, "Unauthenticated");
    } else if (write && writesUntilFailure-- == 0) {
      send(call, failureCode, "{\"errors\": {\"name\": \"value must be a non-blank string.\"}}");
    } else if (operation.isEmpty()) {
      send(call, 404, "API endpoint does not exist.");
    } else {
      Map<String, String> refusals = operation.get().refusals(address, body);
      if (refusals.isEmpty()) {
        answer(call, operation.get(), body);
      } else {
        send(
            call,
            400,
            JSON.createObjectNode().set("errors", JSON.valueToTree(refusals)).toString());
      }
    }
  }

  private void answer(HttpExchange call, Operation operation, byte[] body) throws IOException {
    String method = call.getRequestMethod();
    URI address = call.getRequestURI();
    Matcher path = PATH.matcher(address.getPath());
    try {
      if (!path.matches()) {
        throw new IllegalStateException(address + " is described and not answered");
      }
      JsonNode reply = reply(method, path, address.getQuery(), body);
      operation.problems(reply).forEach(one -> misshapen.add(method + " " + address + ": " + one));
      send(call, 200, reply.toString());
    } catch (Refusal e) {
      send(call, e.code, e.getMessage());
    }
  }

  private JsonNode reply(String method, Matcher path, String query, byte[] body)
      throws IOException {
    String kind = path.group(1);
    if (kind.equals("database")) {
      return path.group(2) == null ? databases() : metadata();
    }
    if (path.group(2) == null) {
      return method.equals("POST")
          ? create(kind, JSON.readTree(body))
          : array(content.get(kind).values());
    }
    ObjectNode one = one(kind, path.group(2));
    if (path.group(3) != null) {
      return items(one.path("id").asLong(), query);
    }
    return shown(kind, method.equals("PUT") ? update(kind, one, JSON.readTree(body)) : one);
  }

  private static ObjectNode databases() {
    ObjectNode answer = JSON.createObjectNode();
    answer.putArray("data").addObject().put("id", 1).put("name", "Autopulse");
    return answer;
  }

  private ObjectNode metadata() {
    Map<String, ObjectNode> tables = new TreeMap<>();
    for (int i = 0; i < fields.size(); i++) {
      String[] names = fields.get(i).asText().split("\\.");
      tables
          .computeIfAbsent(
              names[0] + "." + names[1],
              t -> JSON.createObjectNode().put("schema", names[0]).put("name", names[1]))
          .withArray("fields")
          .addObject()
          .put("id", 1000 + i)
          .put("name", names[2]);
    }
    return JSON.createObjectNode().set("tables", array(tables.values()));
  }

  private JsonNode items(long collection, String query) {
    List<ObjectNode> all = new ArrayList<>();
    for (String kind : List.of("card", "dashboard")) {
      content
          .get(kind)
          .forEach(
              (id, one) -> {
                if (one.path("collection_id").asLong() == collection
                    && !one.path("archived").asBoolean()) {
                  all.add(
                      JSON.createObjectNode()
                          .put("id", id)
                          .put("model", kind)
                          .put("name", one.path("name").asText())
                          .put("archived", false));
                }
              });
    }
    int offset = Integer.parseInt(query.replaceAll(".*offset=(\\d+).*", "$1"));
    int limit = Math.min(PAGE, Integer.parseInt(query.replaceAll(".*limit=(\\d+).*", "$1")));
    ObjectNode page = JSON.createObjectNode().put("total", all.size()).put("limit", limit);
    page.put("offset", offset);
    return page.set(
        "data",
        array(all.subList(Math.min(offset, all.size()), Math.min(offset + limit, all.size()))));
  }

  private ObjectNode one(String kind, String id) {
    return content.get(kind).values().stream()
        .filter(
            one ->
                one.path("id").asText().equals(id)
                    // A collection is not found by the identity, nor is a dashboard by ours.
                    || kind.equals("card") && one.path("entity_id").asText().equals(id))
        .findFirst()
        .orElseThrow(() -> new Refusal(404, "Not found."));
  }

  private ObjectNode create(String kind, JsonNode body) {
    if (kind.equals("card")) {
      if (content.get("card").values().stream()
          .anyMatch(card -> card.path("entity_id").equals(body.path("entity_id")))) {
        throw new Refusal(500, "Unique index or primary key violation");
      }
      statement(body);
    }
    ObjectNode made = body.deepCopy();
    made.putIfAbsent("description", NullNode.getInstance());
    if (kind.equals("card")) {
      made.putIfAbsent("type", TextNode.valueOf("question"));
    }
    if (kind.equals("collection")) {
      JsonNode parent = made.remove("parent_id");
      made.put(
          "location",
          parent == null
              ? "/"
              : one(kind, parent.asText()).path("location").asText() + parent.asText() + "/");
    } else {
      one("collection", body.path("collection_id").asText());
    }
    add(kind, made);
    return made;
  }

  private static void statement(JsonNode body) {
    if (!body.path("dataset_query").path("native").path("query").isTextual()) {
      throw new Refusal(400, "{\"errors\": {\"dataset_query\": \"value must be a query.\"}}");
    }
  }

  private long add(String kind, ObjectNode made) {
    long id = number++;
    made.put("id", id).put("archived", false);
    if (!made.has("entity_id")) {
      made.put("entity_id", String.format("%-21d", id).replace(' ', 'x'));
    }
    if (kind.equals("dashboard")) {
      made.put("width", "fixed").put("auto_apply_filters", true).putNull("points_of_interest");
      made.putArray("parameters");
      made.putArray("dashcards");
      made.putArray("tabs");
    }
    content.get(kind).put(id, made);
    return id;
  }

  private ObjectNode update(String kind, ObjectNode one, JsonNode body) {
    ObjectNode changed = one.deepCopy();
    body.properties()
        .forEach(
            field -> {
              if (!Set.of("dashcards", "parent_id").contains(field.getKey())) {
                changed.set(field.getKey(), field.getValue().deepCopy());
              }
            });
    if (body.has("dashcards")) {
      changed.set("dashcards", dashcards(one, body.get("dashcards")));
    }
    content.get(kind).put(one.path("id").asLong(), changed);
    return changed;
  }

  private ArrayNode dashcards(ObjectNode dashboard, JsonNode wanted) {
    Set<Long> known = new HashSet<>();
    dashboard.path("dashcards").forEach(card -> known.add(card.path("id").asLong()));
    Set<Long> given = new HashSet<>();
    ArrayNode made = JSON.createArrayNode();
    for (JsonNode dashcard : wanted) {
      if (!given.add(dashcard.path("id").asLong())) {
        throw new Refusal(
            400,
            "{\"errors\": {\"dashcards\": \"value must be seq of maps in which ids are unique\"}}");
      }
      if (one("card", dashcard.path("card_id").asText()).path("archived").asBoolean()) {
        throw new Refusal(404, "The object has been archived.");
      }
      ObjectNode copy = dashcard.deepCopy();
      if (!known.contains(dashcard.path("id").asLong())) {
        copy.put("id", number++);
      }
      copy.put("entity_id", String.format("%-21d", copy.path("id").asLong()).replace(' ', 'd'));
      for (JsonNode mapping : copy.path("parameter_mappings")) {
        if (mapping.get("target").size() > 2) {
          ((ArrayNode) mapping.get("target")).remove(2);
        }
      }
      made.add(copy);
    }
    return made;
  }

  /** Returns what a GET says, which is not what a PUT was given. */
  private JsonNode shown(String kind, ObjectNode one) {
    ObjectNode shown = one.deepCopy();
    shown.put("created_at", "2026-01-01T00:00:00Z").put("can_write", true);
    if (kind.equals("card")) {
      ObjectNode statement = (ObjectNode) shown.path("dataset_query").path("native");
      List<String> tags = new ArrayList<>();
      statement.path("template-tags").fieldNames().forEachRemaining(tags::add);
      Collections.reverse(tags);
      ObjectNode reversed = JSON.createObjectNode();
      tags.forEach(tag -> reversed.set(tag, statement.get("template-tags").get(tag)));
      statement.set("template-tags", reversed);
      if (stages) {
        ObjectNode query =
            shown.putObject("dataset_query").put("lib/type", "mbql/query").put("database", 1);
        ObjectNode stage =
            query.putArray("stages").addObject().put("lib/type", "mbql.stage/native");
        stage.set("native", statement.get("query"));
        stage.set("template-tags", reversed);
        reversed.forEach(
            tag -> {
              if (tag.path("dimension") instanceof ArrayNode field) {
                int id = field.get(1).asInt();
                field.removeAll().add("field").addObject().put("lib/uuid", "x");
                field.add(id);
              }
            });
      }
    } else if (kind.equals("dashboard")) {
      shown
          .path("dashcards")
          .forEach(
              card -> {
                ((ObjectNode) card).putObject("card").put("name", "as it is");
                card.path("parameter_mappings")
                    .forEach(
                        mapping ->
                            ((ArrayNode) mapping.get("target")).addObject().put("stage-number", 0));
              });
    }
    return shown;
  }

  private static ArrayNode array(Iterable<ObjectNode> elements) {
    ArrayNode array = JSON.createArrayNode();
    elements.forEach(array::add);
    return array;
  }

  private static void send(HttpExchange call, int code, String text) throws IOException {
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    call.getResponseHeaders().set("Content-Type", "application/json");
    call.sendResponseHeaders(code, bytes.length);
    call.getResponseBody().write(bytes);
    call.close();
  }

  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int code;

    Refusal(int code, String message) {
      super(message);
      this.code = code;
    }
  }
}
