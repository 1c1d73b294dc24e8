package io.autopulse.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stands in for the part of Rundeck's API that a deployment uses, with its rules: jobs have one
 * identity a server, {@code uuidOption=preserve} and {@code dupeOption=update} find them by it, an
 * export adds {@code id} and {@code defaultTab}, leaves out {@code multipleExecutions} when it is
 * false, and has a list for each trigger of a notification. Shapes: Rundeck's API and
 * ScheduledExecution.toMap. It is no Rundeck.
 */
public final class RundeckServer implements AutoCloseable {
  /** The project that it has. */
  public static final String PROJECT = "autopulse";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final HttpServer server;
  private final Map<String, ObjectNode> jobs = new TreeMap<>();
  private final Map<String, String> projects = new TreeMap<>();
  private final List<String> calls = new ArrayList<>();
  private final List<String> undeletable = new ArrayList<>();
  private String token = "token-of-the-test";
  private int failures;
  private int failureCode;

  private RundeckServer(HttpServer server) {
    this.server = server;
  }

  /** Starts it on a free port of this machine. */
  public static RundeckServer start() {
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      RundeckServer rundeck = new RundeckServer(http);
      http.createContext("/", rundeck::answer);
      http.start();
      return rundeck;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the variables by which a client finds it. */
  public Map<String, String> environment() {
    return Map.of("RD_URL", "http://127.0.0.1:" + server.getAddress().getPort(), "RD_TOKEN", token);
  }

  /** Takes this token only, from now on. */
  public synchronized void rotate(String next) {
    token = next;
  }

  /** Answers so many calls with a code. */
  public synchronized void failNext(int count, int code) {
    failures = count;
    failureCode = code;
  }

  /** Returns the calls that it was asked, as method, path and query. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** Forgets the calls. */
  public synchronized void forgetCalls() {
    calls.clear();
  }

  /** Returns the names of the jobs it has, with repetition, sorted. */
  public synchronized List<String> names() {
    return jobs.values().stream().map(job -> job.path("name").asText()).sorted().toList();
  }

  /** Changes the job of that name, as a person does in the browser. */
  public synchronized ObjectNode job(String name) {
    return jobs.values().stream()
        .filter(job -> job.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Adds a job that no file has. */
  public synchronized void add(String project, String group, String name, String uuid) {
    jobs.put(uuid, JSON.createObjectNode().put("name", name).put("group", group).put("uuid", uuid));
    projects.put(uuid, project);
  }

  /** Keeps a job that is to be deleted, as one that is running. */
  public synchronized void keep(String uuid) {
    undeletable.add(uuid);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange call) throws IOException {
    String path = call.getRequestURI().getPath();
    calls.add(call.getRequestMethod() + " " + call.getRequestURI());
    byte[] body = call.getRequestBody().readAllBytes();
    if (failures > 0) {
      failures--;
      send(call, failureCode, error("the server is busy"));
    } else if (!token.equals(call.getRequestHeaders().getFirst("X-Rundeck-Auth-Token"))) {
      send(call, 403, error("(Token: not shown) is not authorized for: " + path));
    } else if (path.equals("/api/41/jobs/delete")) {
      send(call, 200, delete(JSON.readTree(body).path("ids")));
    } else if (!path.startsWith("/api/41/project/" + PROJECT + "/jobs/")) {
      send(call, 404, error("Project does not exist"));
    } else if (path.endsWith("/export")) {
      export(call);
    } else if (!"application/yaml".equals(type(call))) {
      send(call, 415, error("Unsupported media type"));
    } else {
      send(call, 200, load(YAML.readTree(body), query(call)));
    }
  }

  private static String type(HttpExchange call) {
    return call.getRequestHeaders().getFirst("Content-type").split(";")[0];
  }

  private ObjectNode load(JsonNode imported, Map<String, String> query) {
    ObjectNode result = JSON.createObjectNode();
    ArrayNode succeeded = result.putArray("succeeded");
    ArrayNode failed = result.putArray("failed");
    result.putArray("skipped");
    for (JsonNode read : imported) {
      ObjectNode job = read.deepCopy();
      String uuid =
          "preserve".equals(query.get("uuidOption"))
              ? job.path("uuid").asText()
              : "10000000-0000-0000-0000-" + String.format("%012d", jobs.size());
      ObjectNode item =
          JSON.createObjectNode().put("index", 1).put("name", job.path("name").asText());
      if (!projects.getOrDefault(uuid, PROJECT).equals(PROJECT)) {
        failed.add(item.put("error", "A Job with this UUID exists in another project: " + uuid));
      } else if (jobs.containsKey(uuid) && !"update".equals(query.get("dupeOption"))) {
        failed.add(item.put("error", "The Job already exists"));
      } else {
        jobs.put(uuid, job.put("uuid", uuid));
        projects.put(uuid, PROJECT);
        succeeded.add(item.put("id", uuid));
      }
    }
    return result;
  }

  private ObjectNode delete(JsonNode ids) {
    ObjectNode result = JSON.createObjectNode();
    ArrayNode succeeded = result.putArray("succeeded");
    ArrayNode failed = result.putArray("failed");
    for (JsonNode id : ids) {
      ObjectNode item = JSON.createObjectNode().put("id", id.asText());
      if (!undeletable.contains(id.asText()) && jobs.remove(id.asText()) != null) {
        succeeded.add(item);
      } else {
        failed.add(item.put("message", "is running"));
      }
    }
    return result.put("requestCount", ids.size()).put("allsuccessful", failed.isEmpty());
  }

  private void export(HttpExchange call) throws IOException {
    String group = query(call).getOrDefault("groupPathExact", "");
    ArrayNode exported = JSON.createArrayNode();
    jobs.forEach(
        (uuid, job) -> {
          if (projects.get(uuid).equals(PROJECT) && job.path("group").asText().equals(group)) {
            exported.add(exported(job));
          }
        });
    send(call, 200, "application/yaml", YAML.writeValueAsBytes(exported));
  }

  private static ObjectNode exported(ObjectNode kept) {
    ObjectNode job = kept.deepCopy();
    job.put("id", job.path("uuid").asText()).put("defaultTab", "nodes");
    job.putObject("plugins").putObject("ExecutionLifecycle");
    if (!job.path("multipleExecutions").asBoolean()) {
      job.remove("multipleExecutions");
    }
    if (job.path("notification") instanceof ObjectNode notification) {
      notification
          .fieldNames()
          .forEachRemaining(
              trigger ->
                  notification.set(trigger, JSON.createArrayNode().add(notification.get(trigger))));
    }
    return job;
  }

  private static Map<String, String> query(HttpExchange call) {
    String query = String.valueOf(call.getRequestURI().getRawQuery());
    return Stream.of(query.split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  private static ObjectNode error(String message) {
    return JSON.createObjectNode().put("error", true).put("apiversion", 41).put("message", message);
  }

  private static void send(HttpExchange call, int code, ObjectNode answer) throws IOException {
    send(call, code, "application/json", JSON.writeValueAsBytes(answer));
  }

  private static void send(HttpExchange call, int code, String type, byte[] text)
      throws IOException {
    call.getResponseHeaders().set("Content-Type", type);
    call.sendResponseHeaders(code, text.length);
    call.getResponseBody().write(text);
    call.close();
  }
}
