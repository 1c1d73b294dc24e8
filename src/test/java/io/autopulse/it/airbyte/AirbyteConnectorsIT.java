package io.autopulse.it.airbyte;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import io.autopulse.testing.AutopulseJar.Result;
import io.autopulse.testing.airbyte.AirbyteSync;
import io.autopulse.testing.airbyte.ApiRecords;
import io.autopulse.testing.airbyte.MarketApis;
import io.autopulse.testing.airbyte.MarketApis.ApiCall;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each connector manifest, run by Airbyte's CDK against its API's documented shape: in full through
 * a rate limit, an outage and empty answers, then what is new and the record at the boundary, with
 * a changed schema, then without access.
 */
class AirbyteConnectorsIT {
  private static final String LIMITED_THEN_BROKEN =
      """
      {"2": {"status": 429, "headers": {"Retry-After": "1"}}, "4": {"status": 500}}
      """;

  @TempDir Path folder;
  private MarketApis apis;
  private AirbyteSync sync;

  @BeforeEach
  void start() throws IOException {
    apis = MarketApis.start(folder);
    sync = AirbyteSync.in(folder);
  }

  @AfterEach
  void stop() {
    apis.close();
  }

  @Test
  void fuelPricesAreReadInPagesByFuelAndThenFromTheNewestOn() {
    sync.config(
        "fuel_prices",
        """
        base_url: %s
        api_key: ${MARKET_SECRET}
        start_date: "2025-01-01T00:00:00Z"
        end_date: "2025-01-31T00:00:00Z"
        lookback: PT0S
        fuels: [Gazole, E10, GPLc]
        """
            .formatted(apis.url()));
    // 120 stations are two pages of an answer; nobody sells GPLc.
    List<String> prices =
        IntStream.range(0, 120)
            .mapToObj(
                i ->
                    ApiRecords.price(
                        "75%06d".formatted(i),
                        "Gazole",
                        "1.459",
                        "2025-01-%02d".formatted(1 + i / 8)))
            .collect(Collectors.toCollection(ArrayList::new));
    prices.add(ApiRecords.price("75000001", "E10", "1.799", "2025-01-03"));
    apis.hold("economie", prices.toString());
    // The CDK leaves fields out that are null.
    JsonNode all = MarketApis.tree(withoutNull(prices.toString()));
    String before = ApiRecords.price("75000007", "Gazole", "1.111", "2024-12-31");
    prices.add(before);
    apis.hold("economie", prices.toString());

    Result full = syncThroughFaults("fuel_prices");

    assertThat(full.out(), containsString("Sync of fuel_prices: 121 records"));
    assertThat(sync.records("fuel_prices"), containsInAnyOrder(elements(all)));
    assertThat(paths(), hasItem(containsString("offset=100&limit=100")));

    String changed = ApiRecords.price("75000003", "Gazole", "1.489", "2025-01-20");
    String newField =
        ApiRecords.price("75000004", "Gazole", "1.499", "2025-01-20")
            .replaceFirst("\\{", "{\"marque\": \"Total\", ");
    String lacking =
        ApiRecords.price("75000005", "E10", "0", "2025-01-21").replace("\"prix_valeur\": 0, ", "");
    prices.addAll(List.of(changed, newField, lacking));
    apis.hold("economie", prices.toString());
    int landed = sync.records("fuel_prices").size();

    Result next = sync.run("fuel_prices").mustExit(0);

    // At the boundary: the eight prices of the Gazole's newest day, and the one of E10.
    List<JsonNode> read = sync.records("fuel_prices").subList(landed, landed + 12);
    assertThat(sync.records("fuel_prices"), hasSize(landed + 12));
    assertThat(read, hasItem(MarketApis.tree(withoutNull(changed))));
    assertThat(read, hasItem(MarketApis.tree(withoutNull(newField))));
    assertThat(read, hasItem(MarketApis.tree(withoutNull(lacking))));
    assertThat(
        next.out(),
        matchesPattern("(?s).*fuel_prices +12 +1 +prix_valeur \\(1\\) +marque \\(1\\)\n.*"));
    withoutAccessNothingIsLanded("fuel_prices", "Authorization");
  }

  private static String withoutNull(String price) {
    return price.replace(", \"rupture_nom\": null", "");
  }

  @Test
  void registrationsAreCountedByTheServerAndNoPlateIsRead() {
    sync.config(
        "registrations",
        """
        base_url: %s
        app_token: ${MARKET_SECRET}
        start_date: "2025-01-01T00:00:00Z"
        end_date: "2025-01-31T00:00:00Z"
        lookback: PT0S
        """
            .formatted(apis.url()));
    List<String> vehicles = new ArrayList<>();
    vehicles.add(ApiRecords.vehicle("AA-001-A", "RENAULT", "\"CLIO\"", "2025-01-02", "2025-01-02"));
    vehicles.add(ApiRecords.vehicle("AA-002-A", "RENAULT", "\"CLIO\"", "2025-01-02", "2025-01-02"));
    vehicles.add(ApiRecords.vehicle("AA-003-A", "KIA", "null", "2025-01-02", "2025-01-02"));
    vehicles.add(ApiRecords.vehicle("AA-004-A", "KIA", "\"NIRO\"", "2025-01-10", "2025-01-10"));
    // Not new: it came to the country with a past. Not of these days.
    vehicles.add(ApiRecords.vehicle("AA-005-A", "KIA", "\"NIRO\"", "2019-05-05", "2025-01-10"));
    vehicles.add(ApiRecords.vehicle("AA-006-A", "KIA", "\"NIRO\"", "2024-12-31", "2024-12-31"));
    apis.hold("rdw", vehicles.toString());

    Result full = syncThroughFaults("registrations");

    assertThat(full.out(), containsString("Sync of registrations: 3 records"));
    assertThat(
        sync.records("registrations"),
        containsInAnyOrder(
            elements(
                MarketApis.tree(
                    """
                    [{"datum_eerste_tenaamstelling_in_nederland_dt": "2025-01-02T00:00:00.000", "merk": "RENAULT",
                      "handelsbenaming": "CLIO", "registrations": "2"},
                     {"datum_eerste_tenaamstelling_in_nederland_dt": "2025-01-02T00:00:00.000", "merk": "KIA", "registrations": "1"},
                     {"datum_eerste_tenaamstelling_in_nederland_dt": "2025-01-10T00:00:00.000", "merk": "KIA",
                      "handelsbenaming": "NIRO", "registrations": "1"}]
                    """))));
    assertThat(sync.envelopes("registrations").toString(), not(containsString("AA-00")));
    assertThat(paths(), everyItem(not(containsString("kenteken"))));

    vehicles.add(ApiRecords.vehicle("AA-007-A", "KIA", "\"NIRO\"", "2025-01-10", "2025-01-10"));
    vehicles.add(
        ApiRecords.vehicle("AA-008-A", "BYD", "\"SEAL\"", "2025-01-12", "2025-01-12")
            .replace("{", "{\"+\": {\"land\": \"NL\"}, "));
    vehicles.add(
        ApiRecords.vehicle("AA-009-A", "KIA", "\"EV3\"", "2025-01-12", "2025-01-12")
            .replace("{", "{\"+\": {\"registrations\": \"-\"}, "));
    apis.hold("rdw", vehicles.toString());

    Result next = sync.run("registrations").mustExit(0);

    List<JsonNode> records = sync.records("registrations");
    assertThat(
        records.subList(3, records.size()),
        containsInAnyOrder(
            elements(
                MarketApis.tree(
                    """
                    [{"datum_eerste_tenaamstelling_in_nederland_dt": "2025-01-10T00:00:00.000", "merk": "KIA",
                      "handelsbenaming": "NIRO", "registrations": "2"},
                     {"datum_eerste_tenaamstelling_in_nederland_dt": "2025-01-12T00:00:00.000", "merk": "BYD",
                      "handelsbenaming": "SEAL", "registrations": "1", "land": "NL"},
                     {"datum_eerste_tenaamstelling_in_nederland_dt": "2025-01-12T00:00:00.000", "merk": "KIA",
                      "handelsbenaming": "EV3"}]
                    """))));
    assertThat(
        next.out(),
        matchesPattern("(?s).*registrations +3 +1 +registrations \\(1\\) +land \\(1\\)\n.*"));
    withoutAccessNothingIsLanded("registrations", "X-App-Token");
  }

  @Test
  void pageViewsAreReadByArticleAndThenFromTheNewestDayOn() {
    sync.config(
        "page_views",
        """
        base_url: %s
        access_token: ${MARKET_SECRET}
        contact: sales@dealer.example
        start_date: "2025-01-01T00:00:00Z"
        end_date: "2025-06-30T00:00:00Z"
        lookback: PT0S
        project: fr.wikipedia
        articles: [Renault_Clio, Renault_Mégane, AC/DC]
        """
            .formatted(apis.url()));
    List<String> items =
        new ArrayList<>(
            List.of(
                ApiRecords.views("Renault_Clio", "2025010100", "812"),
                ApiRecords.views("Renault_Clio", "2025033100", "790"),
                ApiRecords.views("Renault_Clio", "2025040100", "801"),
                ApiRecords.views("Renault_Mégane", "2025040100", "433"),
                ApiRecords.views("AC/DC", "2025010200", "9001")));
    apis.hold("wikimedia", items.toString());
    JsonNode all = MarketApis.tree(items.toString());

    Result full = syncThroughFaults("page_views");

    assertThat(full.out(), containsString("Sync of page_views: 5 records"));
    assertThat(sync.records("page_views"), containsInAnyOrder(elements(all)));
    // Three articles by two ranges of days; one without views is not found, and no failure.
    assertThat(apis.calls().stream().filter(call -> call.status() == 404).toList(), hasSize(2));
    assertThat(
        full.err(), containsString("Ignoring response: no views were found of /api/rest_v1/"));

    String newField =
        ApiRecords.views("Renault_Clio", "2025040200", "805").replace("{", "{\"editors\": 3, ");
    String lacking =
        ApiRecords.views("Renault_Mégane", "2025040200", "0").replace(", \"views\": 0", "");
    items.addAll(List.of(newField, lacking));
    apis.hold("wikimedia", items.toString());

    Result next = sync.run("page_views").mustExit(0);

    List<JsonNode> records = sync.records("page_views");
    assertThat(
        records.subList(5, records.size()),
        containsInAnyOrder(
            elements(
                MarketApis.tree(
                    List.of(
                            ApiRecords.views("Renault_Clio", "2025040100", "801"),
                            newField,
                            ApiRecords.views("Renault_Mégane", "2025040100", "433"),
                            lacking,
                            ApiRecords.views("AC/DC", "2025010200", "9001"))
                        .toString()))));
    assertThat(
        next.out(), matchesPattern("(?s).*page_views +5 +1 +views \\(1\\) +editors \\(1\\)\n.*"));
    withoutAccessNothingIsLanded("page_views", "Authorization");
  }

  @Test
  void postsAreReadWithoutWhoWroteThemOrIsMentioned() {
    sync.config(
        "social_posts",
        """
        base_url: %s
        identifier: dealer.example
        app_password: ${MARKET_SECRET}
        start_date: "2025-01-01T00:00:00Z"
        end_date: "2025-01-10T00:00:00Z"
        lookback: PT0S
        topics: [Renault Clio, Kia Niro]
        """
            .formatted(apis.url()));
    List<String> posts = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      posts.add(
          ApiRecords.post(
              "bafy" + i,
              "Love my Renault Clio, @bob.bsky.social!",
              "2025-01-0%dT10:00:00.250Z".formatted(i)));
    }
    // A client that dates its post into the future: it is sorted by when the network saw it.
    posts.add(
        ApiRecords.post("bafy6", "The Renault Clio of 2099", "2099-01-01T00:00:00.000Z")
            .replace("\"indexedAt\": \"2099", "\"indexedAt\": \"2025"));
    apis.hold("bluesky", posts.toString());

    Result full = syncThroughFaults("social_posts");

    assertThat(full.out(), containsString("Sync of social_posts: 6 records"));
    List<JsonNode> records = sync.records("social_posts");
    assertThat(
        records,
        hasItem(
            MarketApis.tree(
                """
                {"cid": "bafy3", "topic": "Renault Clio", "sortAt": "2025-01-03T10:00:00Z", "createdAt": "2025-01-03T10:00:00.250Z",
                 "indexedAt": "2025-01-03T10:00:00.250Z", "text": "Love my Renault Clio, @!", "lang": "en",
                 "likeCount": 4, "replyCount": 0, "repostCount": 1, "quoteCount": 0}
                """)));
    assertThat(
        cids(records), containsInAnyOrder("bafy1", "bafy2", "bafy3", "bafy4", "bafy5", "bafy6"));
    assertThat(
        sync.envelopes("social_posts").toString(),
        allOf(
            not(containsString("did:plc")),
            not(containsString("anna")),
            not(containsString("bob")),
            not(containsString("kept"))));
    assertThat(paths(), hasItem(containsString("&cursor=3")));

    // A count that the API adds is kept, a name that it adds is not.
    posts.add(
        ApiRecords.post("bafy7", "Renault Clio again", "2025-01-06T10:00:00.250Z")
            .replace("{\"uri\"", "{\"bookmarkedTimes\": 7, \"via\": \"anna.example\", \"uri\""));
    posts.add(
        ApiRecords.post("bafy8", "Renault Clio", "2025-01-06T11:00:00.250Z")
            .replace("\"text\": \"Renault Clio\", ", ""));
    apis.hold("bluesky", posts.toString());

    Result next = sync.run("social_posts").mustExit(0);

    records = sync.records("social_posts");
    List<JsonNode> read = records.subList(6, records.size());
    // What has no text is found for both topics here.
    assertThat(cids(read), containsInAnyOrder("bafy5", "bafy7", "bafy8", "bafy8"));
    assertThat(
        read,
        hasItem(
            MarketApis.tree(
                """
                {"cid": "bafy7", "topic": "Renault Clio", "sortAt": "2025-01-06T10:00:00Z", "createdAt": "2025-01-06T10:00:00.250Z",
                 "indexedAt": "2025-01-06T10:00:00.250Z", "text": "Renault Clio again", "lang": "en",
                 "likeCount": 4, "replyCount": 0, "repostCount": 1, "quoteCount": 0, "bookmarkedTimes": 7}
                """)));
    assertThat(
        next.out(),
        matchesPattern("(?s).*social_posts +4 +1 +text \\(2\\) +bookmarkedTimes \\(1\\)\n.*"));
    withoutAccessNothingIsLanded("social_posts", "password");
  }

  @Test
  void withoutAnEndDateTheyAreReadUntilToday() {
    LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    sync.config(
        "registrations",
        """
        base_url: %s
        app_token: ${MARKET_SECRET}
        start_date: "%sT00:00:00Z"
        """
            .formatted(apis.url(), day.minusDays(3)));
    apis.hold(
        "rdw",
        List.of(ApiRecords.vehicle("AA-001-A", "KIA", "\"NIRO\"", day.toString(), day.toString()))
            .toString());
    assertThat(
        sync.run("registrations").mustExit(0).out(),
        containsString("Sync of registrations: 1 records"));

    sync.config(
        "page_views",
        """
        base_url: %s
        access_token: ${MARKET_SECRET}
        contact: sales@dealer.example
        start_date: "%sT00:00:00Z"
        articles: [Renault_Clio]
        """
            .formatted(apis.url(), day.minusDays(3)));
    String timestamp = day.format(DateTimeFormatter.BASIC_ISO_DATE) + "00";
    apis.hold("wikimedia", List.of(ApiRecords.views("Renault_Clio", timestamp, "812")).toString());
    assertThat(
        sync.run("page_views").mustExit(0).out(), containsString("Sync of page_views: 1 records"));
  }

  private static List<String> cids(List<JsonNode> posts) {
    return posts.stream().map(post -> post.get("cid").asText()).toList();
  }

  /** A first sync: its second call meets a rate limit, its fourth an outage, some find nothing. */
  private Result syncThroughFaults(String connector) {
    long from = System.currentTimeMillis();
    apis.fail(LIMITED_THEN_BROKEN, 0);
    Result result = sync.run(connector).mustExit(0);
    List<ApiCall> calls = apis.calls();
    ApiCall limited = calls.get(1);
    ApiCall broken = calls.get(3);
    assertThat(List.of(limited.status(), broken.status()), is(List.of(429, 500)));
    assertThat(again(calls, limited).at() - limited.at(), is(greaterThanOrEqualTo(1.0)));
    assertThat(again(calls, broken).at(), is(greaterThanOrEqualTo(broken.at())));
    assertThat(calls.stream().map(ApiCall::records).toList(), hasItem(0));
    for (JsonNode envelope : sync.envelopes(connector)) {
      assertThat(envelope.get("_airbyte_raw_id").asText(), matchesPattern("[0-9a-f-]{36}"));
      assertThat(envelope.get("_airbyte_extracted_at").asLong(), is(greaterThanOrEqualTo(from)));
      assertThat(
          envelope.get("_airbyte_extracted_at").asLong(),
          is(lessThanOrEqualTo(System.currentTimeMillis())));
      assertThat(envelope.get("_airbyte_generation_id").asLong(), is(0L));
      assertThat(envelope.get("_airbyte_meta").get("changes"), hasSizeZero());
    }
    assertThat(
        sync.files(connector).get(0).getFileName().toString(),
        matchesPattern("20\\d\\d_\\d\\d_\\d\\d_\\d{13}_0\\.jsonl"));
    return result;
  }

  private static org.hamcrest.Matcher<JsonNode> hasSizeZero() {
    return is(MarketApis.tree("[]"));
  }

  private static ApiCall again(List<ApiCall> calls, ApiCall failed) {
    return calls.stream()
        .filter(call -> call.path().equals(failed.path()) && call.at() > failed.at())
        .findFirst()
        .orElseThrow();
  }

  /** A sync whose calls are all refused ends, says why, and leaves files and state as they were. */
  private void withoutAccessNothingIsLanded(String connector, String how) {
    List<Path> files = sync.files(connector);
    apis.fail(
        IntStream.rangeClosed(1, 30)
            .mapToObj(i -> "\"%d\": {\"status\": 401}".formatted(i))
            .toList()
            .toString()
            .replace('[', '{')
            .replace(']', '}'),
        0);
    Result result = sync.run(connector).mustExit(1);
    assertThat(
        "without " + how,
        result.err(),
        allOf(
            containsString("401"),
            containsString("Look at the secrets and values of the configuration"),
            not(containsString(MarketApis.SECRET))));
    assertThat(sync.files(connector), is(files));
  }

  private List<String> paths() {
    return apis.calls().stream().map(ApiCall::path).toList();
  }

  private static JsonNode[] elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toArray(JsonNode[]::new);
  }
}
