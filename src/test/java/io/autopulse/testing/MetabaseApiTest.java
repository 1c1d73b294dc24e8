package io.autopulse.testing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in for Metabase takes and gives what Metabase's API describes, and nothing else. */
class MetabaseApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CARD =
      "{'name': 'Units', 'display': 'table', 'visualization_settings': {}, 'collection_id': 10, 'dataset_query': {'type': 'native', 'database': 1, 'native': {'query': 'select 1'}}}";
  private static final String PLACE =
      "{'id': -1, 'card_id': 11, 'row': 0, 'col': 0, 'size_x': 4, 'size_y': 3, 'parameter_mappings': [], 'visualization_settings': {}}";

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void requestWithoutTheKeyIsRefused() throws Exception {
    try (MetabaseApi metabase = MetabaseApi.start(Set.of())) {
      HttpRequest request =
          HttpRequest.newBuilder(address(metabase, "/api/collection"))
              .header("x-api-key", "x")
              .build();
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode(), is(401));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "POST | /api/card | 'name': 'Units' | 'name': 'Units', 'colour': 'red' | colour",
        "POST | /api/card | 'name': 'Units' | 'name': 5 | name",
        "POST | /api/card | 'name': 'Units' | 'name': ' ' | name",
        "POST | /api/card | 'display': 'table',  | ''  | display",
        "POST | /api/card | 'collection_id': 10 | 'collection_id': 'ten' | collection_id",
        "POST | /api/card | 'name': 'Units' | 'name': 'Units', 'description': '' | description",
        "PUT | /api/card/11 | 'name': 'Units' | 'archived': 1 | archived",
        "PUT | /api/card/none | 'name': 'Units' | 'name': 'Units' | id"
      })
  void bodyOfAnotherShapeIsRefused(
      String method, String path, String from, String to, String problem) throws Exception {
    try (MetabaseApi metabase = MetabaseApi.start(Set.of())) {
      prepare(metabase);
      long before = metabase.count("card", false);
      assertThat(CARD, containsString(from));
      String body = CARD.replace(from, to.equals("''") ? "" : to);
      HttpResponse<String> answer = send(metabase, method, path, body);
      assertThat(answer.statusCode(), is(400));
      assertThat(JSON.readTree(answer.body()).path("errors").toString(), containsString(problem));
      assertThat(metabase.count("card", false), is(before));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'size_x': 4 | 'size_x': 0",
        "'row': 0 | 'row': -1",
        "'id': -1 | 'id': 'new'",
        "'id': -1,  | ",
        "'card_id': 11 | 'card': 11",
        "'parameter_mappings': [] | 'parameter_mappings': [{'parameter_id': 'a'}]"
      })
  void placeOfAnotherShapeIsRefused(String from, String to) throws Exception {
    try (MetabaseApi metabase = MetabaseApi.start(Set.of())) {
      prepare(metabase);
      assertThat(PLACE, containsString(from));
      String body =
          "{'dashcards': [" + PLACE.replace(from, Objects.requireNonNullElse(to, "")) + "]}";
      assertThat(send(metabase, "PUT", "/api/dashboard/12", body).statusCode(), is(400));
    }
  }

  @Test
  void newPlacesHaveNegativeNumbersAndGetTheirOwn() throws Exception {
    try (MetabaseApi metabase = MetabaseApi.start(Set.of())) {
      prepare(metabase);
      String two = "{'dashcards': [" + PLACE + ", " + PLACE.replace("-1", "-2") + "]}";
      HttpResponse<String> answer = send(metabase, "PUT", "/api/dashboard/12", two);
      assertThat(answer.statusCode(), is(200));
      for (JsonNode place : JSON.readTree(answer.body()).path("dashcards")) {
        assertThat(place.path("id").asInt(), greaterThan(0));
      }
      String same = "{'dashcards': [" + PLACE + ", " + PLACE + "]}";
      assertThat(send(metabase, "PUT", "/api/dashboard/12", same).statusCode(), is(400));
    }
  }

  @Test
  void itemsComeInPagesWithoutArchivedOnes() throws Exception {
    try (MetabaseApi metabase = MetabaseApi.start(Set.of())) {
      prepare(metabase);
      for (int i = 0; i < 8; i++) {
        metabase.addCard("Card " + i, 10);
      }
      assertThat(send(metabase, "PUT", "/api/card/11", "{'archived': true}").statusCode(), is(200));
      String path = "/api/collection/10/items?models=card&models=dashboard&limit=100&offset=";
      JsonNode first = JSON.readTree(send(metabase, "GET", path + 0, "").body());
      JsonNode second = JSON.readTree(send(metabase, "GET", path + 7, "").body());
      assertThat(first.path("total").asInt(), is(9));
      assertThat(first.path("data").size(), is(7));
      assertThat(second.path("data").size(), is(2));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api/collection/10/items?limit=0&offset=0, 400",
    "/api/collection/10/items?limit=5&offset=-1, 400",
    "/api/collection/10/items?models=question&limit=5&offset=0, 400",
    "/api/collection/10/items?page=2&limit=5&offset=0, 400",
    "/api/card/0, 400",
    "/api/card/999, 404",
    "/api/cards, 404"
  })
  void addressOfAnotherShapeIsRefused(String path, int code) throws Exception {
    try (MetabaseApi metabase = MetabaseApi.start(Set.of())) {
      prepare(metabase);
      assertThat(send(metabase, "GET", path, "").statusCode(), is(code));
    }
  }

  @Test
  void answerOfAnotherShapeIsFoundAtTheEnd() throws Exception {
    MetabaseApi metabase = MetabaseApi.start(Set.of());
    prepare(metabase);
    metabase.find("card", "Units").put("display", 5);
    send(metabase, "GET", "/api/card/11", "");
    IllegalStateException failure = assertThrows(IllegalStateException.class, metabase::close);
    assertThat(failure.getMessage(), containsString("display"));
  }

  /** Makes collection 10, card 11 and dashboard 12. */
  private void prepare(MetabaseApi metabase) throws Exception {
    assertThat(send(metabase, "POST", "/api/collection", "{'name': 'Ours'}").statusCode(), is(200));
    assertThat(send(metabase, "POST", "/api/card", CARD).statusCode(), is(200));
    String dashboard = "{'name': 'Board', 'collection_id': 10}";
    assertThat(send(metabase, "POST", "/api/dashboard", dashboard).statusCode(), is(200));
  }

  private HttpResponse<String> send(MetabaseApi metabase, String method, String path, String body)
      throws IOException, InterruptedException {
    String key = Objects.requireNonNull(metabase.environment().get("MB_API_KEY"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(metabase, path))
            .header("x-api-key", key)
            .method(method, BodyPublishers.ofString(body.replace('\'', '"')));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static URI address(MetabaseApi metabase, String path) {
    return URI.create(metabase.environment().get("MB_URL") + path);
  }
}
