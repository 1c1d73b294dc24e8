package io.autopulse.operations.metabase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.TransientException;
import io.autopulse.operations.access.ServerAccess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Metabase server, by its API. */
public final class MetabaseServer {
  private static final int ATTEMPTS = 3;
  private static final int SERVER_ERROR = 500;
  private static final int PAGE = 100;
  private static final String AGAIN = "Run it again: it goes on where it was";

  private final ServerAccess access;
  private final String url;
  private final Duration pause;
  private final HttpClient client =
      HttpClient.newBuilder()
          // A redirection would carry the key to another place.
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(30))
          .build();

  /**
   * Makes a client; the server is not asked yet.
   *
   * @param environment {@code MB_URL} and {@code MB_API_KEY}, or the files that hold them: {@code
   *     MB_URL_FILE}, {@code MB_API_KEY_FILE}
   * @param pause the time before a call that failed for the server's sake is made again
   */
  public MetabaseServer(Map<String, String> environment, Duration pause) {
    this.access = new ServerAccess("a Metabase", "MB_URL", "MB_API_KEY", environment);
    this.url = access.url();
    this.pause = pause;
  }

  /** Returns its URL. */
  String url() {
    return url;
  }

  /** Returns what is at a path. */
  JsonNode get(String path) {
    return find(path)
        .orElseThrow(
            () ->
                new InputException(
                    url, "has no " + path, "Check that MB_URL is that of a Metabase"));
  }

  /** Returns what is at a path; nothing if there is nothing, or the path is none. */
  Optional<JsonNode> find(String path) {
    HttpResponse<String> response = send("GET", path, Optional.empty(), ATTEMPTS);
    // 400: an older server finds a question by its number alone.
    return response.statusCode() == 404 || response.statusCode() == 400
        ? Optional.empty()
        : Optional.of(body(path, response));
  }

  /** Returns the items of a collection, of all its pages. */
  List<JsonNode> items(long collection) {
    List<JsonNode> items = new ArrayList<>();
    while (true) {
      JsonNode page =
          get(
              "api/collection/%d/items?models=card&models=dashboard&limit=%d&offset=%d"
                  .formatted(collection, PAGE, items.size()));
      List<JsonNode> data = Json.elements(page.path("data"));
      items.addAll(data);
      if (data.isEmpty() || items.size() >= page.path("total").asInt(items.size())) {
        return items;
      }
    }
  }

  /** Makes something, once: made again after a failure it might be there twice. */
  JsonNode post(String path, JsonNode body) {
    return body(path, send("POST", path, Optional.of(body), 1));
  }

  /** Changes something, again if the server is the reason that it failed. */
  JsonNode put(String path, JsonNode body) {
    return body(path, send("PUT", path, Optional.of(body), ATTEMPTS));
  }

  private HttpResponse<String> send(
      String method, String path, Optional<JsonNode> body, int attempts) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofMinutes(1))
            .header("x-api-key", access.secret())
            .header("Accept", "application/json")
            .method(
                method,
                body.map(json -> BodyPublishers.ofString(json.toString()))
                    .orElse(BodyPublishers.noBody()));
    body.ifPresent(json -> request.header("Content-Type", "application/json"));
    for (int attempt = 1; ; attempt++) {
      try {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() < SERVER_ERROR) {
          return response;
        }
        if (attempt == attempts) {
          throw new TransientException(
              url, "answered " + response.statusCode() + " to " + method + " " + path, AGAIN);
        }
      } catch (IOException e) {
        if (attempt == attempts) {
          throw new TransientException(url, "does not answer: " + e.getMessage(), AGAIN, e);
        }
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
      rest();
    }
  }

  private JsonNode body(String path, HttpResponse<String> response) {
    int code = response.statusCode();
    if (code == 401 || code == 403) {
      throw new InputException(
          url,
          "refuses the key (" + code + ")",
          "Set MB_API_KEY, or the file that MB_API_KEY_FILE names, to a key of a group that may curate the collection and query the database");
    }
    JsonNode answer = json(response.body());
    if (code / 100 != 2) {
      throw new InputException(
          url, "answers " + code + " to " + path + said(answer), "Check the version of Metabase");
    }
    return answer;
  }

  private JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      // A message of Metabase's is plain text. What is no JSON where some is expected has no keys.
      return Json.MAPPER.getNodeFactory().textNode(text);
    }
  }

  private static String said(JsonNode answer) {
    for (String key : List.of("specific-errors", "errors", "message")) {
      if (answer.hasNonNull(key)) {
        return ": " + answer.get(key);
      }
    }
    return answer.isTextual() ? ": " + answer.asText().lines().findFirst().orElse("") : "";
  }

  private void rest() {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while waiting for " + url, e);
  }
}
