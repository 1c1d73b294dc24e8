package io.autopulse.it.airbyte;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.AutopulseJar.Call;
import io.autopulse.testing.AutopulseJar.Result;
import io.autopulse.testing.airbyte.AirbyteSync;
import io.autopulse.testing.airbyte.MarketApis;
import io.autopulse.testing.airbyte.MarketApis.ApiCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sync that is killed, fails or is called wrongly loses no record, and the next one goes on:
 * every saved state is covered by files that are there.
 */
class AirbyteSyncIT {
  private static final String DAY = "datum_eerste_tenaamstelling_in_nederland_dt";
  private static final LocalDate FIRST = LocalDate.of(2025, 1, 6);
  private static final int DAYS = 84;

  @TempDir Path folder;
  private MarketApis apis;
  private AirbyteSync sync;

  @BeforeEach
  void start() throws IOException {
    apis = MarketApis.start(folder);
    sync = AirbyteSync.in(folder);
    sync.config(
        "registrations",
        """
        base_url: %s
        app_token: ${MARKET_SECRET}
        start_date: "2025-01-06T00:00:00Z"
        end_date: "2025-03-30T00:00:00Z"
        lookback: PT0S
        """
            .formatted(apis.url()));
    apis.hold("rdw", vehicles().toString());
  }

  @AfterEach
  void stop() {
    apis.close();
  }

  /** A vehicle more each day than on the day before, over twelve weeks: the count tells the day. */
  private static List<String> vehicles() {
    List<String> vehicles = new ArrayList<>();
    for (int day = 0; day < DAYS; day++) {
      for (int i = 0; i <= day; i++) {
        vehicles.add(
            """
            {"voertuigsoort": "Personenauto", "merk": "KIA", "handelsbenaming": "NIRO", \
            "datum_eerste_toelating_dt": "%1$sT00:00:00.000", "%2$s": "%1$sT00:00:00.000"}"""
                .formatted(FIRST.plusDays(day), DAY));
      }
    }
    return vehicles;
  }

  @Test
  void killedAnywhereTheNextSyncLosesNothingAndDuplicatesNothingByKey() throws IOException {
    int withState = 0;
    int withoutState = 0;
    // Twelve weeks are twelve answers, half of them for the killed: on a busy machine a kill comes
    // some answers late, and a sync that has read all of them is not killed any more.
    for (int answers : List.of(0, 1, 2, 3)) {
      apis.fail("{}", 0.5);
      Call call =
          sync.start("registrations", "--checkpoint-seconds", "0", "--records-per-file", "5");
      while (answered() < answers || apis.calls().isEmpty()) {
        assertThat(call.errSoFar(), call.process().isAlive(), is(true));
        AutopulseJar.pause(5);
      }
      List<ProcessHandle> children = call.process().descendants().toList();
      assertThat(children, is(not(empty())));
      assertThat("after " + answers + " answers", call.kill(), is(true));
      // The connector of a sync that is gone calls no one.
      children.forEach(child -> child.onExit().join());
      Path state = sync.landing().resolve("_state/registrations.json");
      if (Files.exists(state)) {
        withState++;
        Map<String, JsonNode> landed = latest();
        LocalDate reached = reached(state);
        FIRST.datesUntil(reached).forEach(day -> assertThat(landed.keySet(), hasItem(key(day))));
      } else {
        withoutState++;
      }
    }
    assertThat("kills before a state", withoutState, is(greaterThan(0)));
    assertThat("kills after a state", withState, is(greaterThan(0)));

    apis.fail("{}", 0);
    sync.run("registrations").mustExit(0);

    Map<String, JsonNode> landed = latest();
    assertThat(landed.keySet(), hasSize(DAYS));
    for (int day = 0; day < DAYS; day++) {
      JsonNode record = landed.get(key(FIRST.plusDays(day)));
      assertThat(record.get("registrations").asInt(), is(day + 1));
    }
    // What the killed left half written is gone, and was never seen.
    try (Stream<Path> files = Files.list(sync.landing().resolve("market/registrations"))) {
      assertThat(
          files.filter(file -> file.getFileName().toString().startsWith(".")).toList(),
          is(empty()));
    }
  }

  private int answered() {
    return (int) apis.calls().stream().filter(call -> call.status() == 200).count();
  }

  /** The newest record of each key. */
  private Map<String, JsonNode> latest() {
    Map<String, JsonNode> latest = new HashMap<>();
    for (JsonNode envelope : sync.envelopes("registrations")) {
      JsonNode record = envelope.get("_airbyte_data");
      latest.put(record.get(DAY).asText(), record);
    }
    return latest;
  }

  /** The day that the saved state has reached; it is read again. */
  private static LocalDate reached(Path state) throws IOException {
    JsonNode saved = MarketApis.tree(Files.readString(state));
    String cursor = saved.at("/state/0/stream/stream_state/" + DAY).asText();
    return LocalDate.parse(cursor.substring(0, 10));
  }

  private static String key(LocalDate day) {
    return day + "T00:00:00.000";
  }

  @Test
  void eachOperationOnItsFilesMayBeTheLast() {
    int kills =
        Integer.parseInt(sync.python("sync/killed_at_each_step.py").mustExit(0).out().strip());
    assertThat(kills, is(greaterThan(20)));
  }

  @Test
  void weekThatFailsIsReadByTheNextSyncThoughLaterOnesWereRead() {
    apis.fail("{\"3\": {\"status\": 400}}", 0);
    Result failed = sync.run("registrations", "--checkpoint-seconds", "0").mustExit(1);
    assertThat(
        failed.err(), allOf(containsString("400"), containsString("the next sync goes on from")));
    assertThat(latest().size(), is(not(DAYS)));

    apis.fail("{}", 0);
    sync.run("registrations").mustExit(0);
    assertThat(latest().keySet(), hasSize(DAYS));

    // Again from the beginning: the records are there twice, as two generations.
    Result again = sync.run("registrations", "--full-refresh").mustExit(0);
    assertThat(again.out(), containsString("Sync of registrations: 84 records"));
    assertThat(
        sync.envelopes("registrations").stream()
            .filter(envelope -> envelope.get("_airbyte_generation_id").asInt() == 1)
            .toList(),
        hasSize(DAYS));
  }

  @Test
  void answerThatIsEmptyCutOrAnErrorPageIsAskedForAgain() {
    // Of two slices that are read side by side each odd call fails, and its repetition does not.
    apis.fail(
        """
        {"1": {"status": 200, "content": ""},
         "4": {"status": 200, "content": "<!DOCTYPE html><h1>Down for maintenance</h1>", "headers": {"Content-Type": "text/html"}},
         "7": {"status": 200, "content": "[{\\"merk\\": \\"KIA\\", \\"registra"},
         "10": {"status": 200, "content": "[{\\"merk\\"", "headers": {"Content-Length": "4000"}},
         "13": {"status": 200, "body": {"error": true, "message": "query timeout"}},
         "16": {"status": 200, "body": null}}
        """,
        0);
    Result result = sync.run("registrations").mustExit(0);
    assertThat(latest().keySet(), hasSize(DAYS));
    assertThat(sync.envelopes("registrations"), hasSize(DAYS));
    assertThat(
        result.err(),
        allOf(
            containsString("/resource/m9d7-ebf2.json answered HTTP 200 without a body"),
            containsString(
                "answered HTTP 200 with text/html that is not JSON, or is cut: <!DOCTYPE"),
            containsString("that is not JSON, or is cut: [{\"merk\": \"KIA\", \"registra"),
            containsString("m9d7-ebf2.json broke its answer off"),
            containsString("an answer (HTTP 200) is not what the connector expects"),
            not(containsString("Rate limit"))));
  }

  @Test
  void sourceThatNeverAnswersEndsTheSyncAndLosesNothing() {
    apis.fail("{}", 30);
    Result result = sync.run("registrations", "--timeout", "0.2").mustExit(1);
    assertThat(
        result.err(),
        allOf(
            containsString(
                "error: registrations: %s/resource/m9d7-ebf2.json did not answer within 0.2 s (--timeout) (6 failures in a row)"
                    .formatted(apis.url().substring("http://".length()))),
            containsString("No record was read, and the next sync goes on from")));
    // The same words of two slices are one line.
    assertThat(result.err().lines().filter(line -> line.startsWith("warn: ")).toList(), hasSize(1));

    apis.fail("{}", 0);
    sync.run("registrations").mustExit(0);
    assertThat(latest().keySet(), hasSize(DAYS));
  }

  @Test
  void redirectToAnotherHostIsNotFollowed() {
    apis.fail(
        """
        {"1": {"status": 302, "headers": {"Location": "%s/resource/m9d7-ebf2.json"}}}
        """
            .formatted(apis.url().replace("127.0.0.1", "localhost")),
        0);
    Result result = sync.run("registrations").mustExit(1);
    assertThat(
        result.err(),
        containsString("the connector may call 127.0.0.1 only, and asked for localhost"));
    assertThat(
        apis.calls().stream().map(ApiCall::status).filter(status -> status == 302).toList(),
        hasSize(1));
  }

  @Test
  void secondSyncOfAStateIsRefusedWhileTheFirstRuns() {
    // The first waits for its answers longer than the second takes to start.
    apis.fail("{}", 120);
    Call first = sync.start("registrations");
    while (apis.calls().isEmpty()) {
      assertThat(first.errSoFar(), first.process().isAlive(), is(true));
      AutopulseJar.pause(5);
    }
    Result second = sync.run("registrations").mustExit(1);
    assertThat(
        second.err(),
        matchesPattern(
            "(?s).*another sync, process %d, started 20\\d\\d-.* \\S+, holds .*registrations.json.*"
                .formatted(first.process().pid())));
    first.kill();

    Result elsewhere = sync.run("registrations", "--landing", "s3://bucket/landing").mustExit(2);
    assertThat(elsewhere.err(), containsString("s3://bucket/landing is no local folder"));
  }

  @Test
  void wrongConfigurationIsNamedBeforeAnythingIsCalled() {
    Path file =
        sync.config(
            "registrations",
            """
            base_url: opendata.rdw.nl
            app_token: s3cret-key
            start_day: "2025-01-06T00:00:00Z"
            vehicle_type: ${NO_SUCH_VARIABLE}
            """);
    Result result = sync.run("registrations").mustExit(2);
    assertThat(
        result.err(),
        allOf(
            containsString(
                "error: %s:3: start_day: the connector knows no such field. Did you mean \"start_date\"?"
                    .formatted(file)),
            containsString(
                "error: %s:2: app_token: it is a secret, and is not written into a file that may be shared."
                    .formatted(file)),
            containsString(
                "error: %s:4: vehicle_type: the environment variable NO_SUCH_VARIABLE is not set"
                    .formatted(file)),
            not(containsString("s3cret-key"))));

    sync.config("registrations", "base_url: opendata.rdw.nl\nvehicle_type: Fiets\n");
    Result values = sync.run("registrations").mustExit(2);
    assertThat(
        values.err(),
        allOf(
            containsString(file + ":1: base_url: 'opendata.rdw.nl' does not match"),
            containsString(file + ":2: vehicle_type: 'Fiets' is not one of"),
            containsString(
                file + ": start_date: it is required and missing. Registrations before this day")));
    assertThat(apis.calls(), is(empty()));
  }

  @Test
  void environmentThatCannotBeMadeIsExplained() throws IOException {
    Path airbyte = folder.resolve("airbyte");
    Files.createDirectories(airbyte.resolve("landing_sync"));
    Path sources = Path.of(System.getProperty("basedir", ""), "airbyte");
    try (Stream<Path> files = Files.list(sources.resolve("landing_sync"))) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Files.copy(file, airbyte.resolve("landing_sync").resolve(file.getFileName().toString()));
      }
    }
    Path script = airbyte.resolve("sync");
    Files.copy(sources.resolve("sync"), script, StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(airbyte.resolve("requirements.txt"), "--no-index\nairbyte-cdk==0.0.0\n");
    Path made = folder.resolve("made");

    Result result =
        sync.call(
                script,
                List.of("x", "--config", "x", "--landing", "x", "--environment", made.toString()))
            .await()
            .mustExit(1);

    assertThat(
        result.err(),
        allOf(
            containsString("the connector's Python environment cannot be made"),
            containsString("python3-venv"),
            containsString("airbyte-cdk==0.0.0")));
    try (Stream<Path> left = Files.list(made)) {
      assertThat(left.toList(), is(empty()));
    }
  }
}
