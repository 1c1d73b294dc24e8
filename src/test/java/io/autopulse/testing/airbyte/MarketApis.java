package io.autopulse.testing.airbyte;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autopulse.testing.ReadyProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * The public APIs of market data on a port of this machine, in the shapes that they document: see
 * {@code src/test/python/apis}. A query that the API would refuse is refused here.
 */
public final class MarketApis implements AutoCloseable {
  /** The key, token or password that they accept. */
  public static final String SECRET = "s3cret-key";

  private static final Path SOURCES =
      Path.of(System.getProperty("basedir", ""), "src/test/python/apis").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ReadyProcess server;
  private final HttpClient client = HttpClient.newHttpClient();

  private MarketApis(ReadyProcess server) {
    this.server = server;
  }

  /** Starts them; their log is in a folder. */
  public static MarketApis start(Path folder) throws IOException {
    Path log = Files.createFile(folder.resolve("apis.log"));
    ProcessBuilder builder =
        new ProcessBuilder("python3", "-m", "market_apis")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(Map.of("PYTHONPATH", SOURCES.toString(), "PYTHONDONTWRITEBYTECODE", "1"));
    return new MarketApis(ReadyProcess.start(builder, log));
  }

  /** Returns where they are. */
  public String url() {
    return "http://127.0.0.1:" + server.port("port");
  }

  /** Gives an API the rows that it holds from now on, and forgets faults and calls. */
  public void hold(String api, String rows) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("rows").set(api, tree(rows));
    control(body);
  }

  /**
   * Lets calls fail, numbered from now on, and forgets the calls before.
   *
   * @param faults a JSON object of {@code {status, headers}} by number
   * @param delaySeconds how long each answer takes
   */
  public void fail(String faults, double delaySeconds) {
    ObjectNode body = JSON.createObjectNode().put("delay", delaySeconds);
    body.set("faults", tree(faults));
    control(body);
  }

  /** Returns the calls since the rows or faults were last set. */
  public List<ApiCall> calls() {
    JsonNode calls = tree(send(HttpRequest.newBuilder(control()).GET().build()));
    return StreamSupport.stream(calls.spliterator(), false)
        .map(
            call ->
                new ApiCall(
                    call.get("path").asText(),
                    call.path("status").asInt(),
                    call.path("records").asInt(),
                    call.get("at").asDouble()))
        .toList();
  }

  private URI control() {
    return URI.create(url() + "/_control");
  }

  private void control(JsonNode body) {
    send(
        HttpRequest.newBuilder(control())
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build());
  }

  private String send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Returns what a JSON text says. */
  public static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  @Override
  public void close() {
    server.close();
  }

  /**
   * A call of an API.
   *
   * @param path with its query
   * @param status of the answer, 0 while there is none
   * @param records how many the answer holds
   * @param at when it came, in seconds
   */
  public record ApiCall(String path, int status, int records, double at) {}
}
