package io.autopulse.operations.health;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.autopulse.domain.problem.InputException;
import io.autopulse.operations.schedule.JobsFile;
import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts of a warehouse that cannot be read on some days, by each channel. */
class AlertsTest {
  private static final Instant MONDAY = Instant.parse("2026-03-02T06:30:00Z");
  private static final String HIDDEN = "T0PS3CRET";

  @TempDir Path folder;

  private final AtomicInteger answer = new AtomicInteger(200);
  private final List<String> posted = new CopyOnWriteArrayList<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();
  private HttpServer chat;

  @BeforeEach
  void serve() throws IOException {
    chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    chat.createContext("/", this::take);
    chat.start();
    environment.put("AUTOPULSE_STATE", folder.toString());
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (answer.get() == 200) {
      posted.add(body);
      tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    }
    exchange.sendResponseHeaders(answer.get(), -1);
    exchange.close();
  }

  @AfterEach
  void stop() {
    chat.stop(0);
  }

  @Test
  void incidentIsPostedOnceWhenItOpensAndOnceWhenItIsOver() throws IOException {
    webhook();
    unreadable(0);
    unreadable(1);
    readable(2);
    readable(3);
    assertThat(posted, hasSize(2));
    JsonNode opened = new JsonMapper().readTree(posted.get(0));
    assertThat(opened.get("status").asText(), is("opened"));
    assertThat(opened.get("key").asText(), is("warehouse-unreadable:warehouse"));
    assertThat(opened.get("severity").asText(), is("error"));
    assertThat(opened.get("runbook").asText(), is("docs/runbooks/warehouse-unreadable.md"));
    assertThat(opened.get("since").asText(), is("2026-03-02T06:30:00Z"));
    assertThat(opened.get("text").asText(), startsWith("error warehouse: cannot be read: w: "));
    JsonNode closed = new JsonMapper().readTree(posted.get(1));
    assertThat(closed.get("status").asText(), is("closed"));
    assertThat(closed.get("at").asText(), is("2026-03-04T06:30:00Z"));
    assertThat(tokens, contains("Bearer " + HIDDEN, "Bearer " + HIDDEN));
  }

  @Test
  void alertThatIsNotTakenIsSaidAndSentTheNextTimeInOrder() throws IOException {
    webhook();
    answer.set(503);
    HealthReport failed = unreadable(0);
    assertThat(failed.undelivered(), contains("webhook: localhost answered 503"));
    HealthReport again = readable(1);
    assertThat(again.undelivered(), contains("webhook: localhost answered 503"));
    assertThat(
        again.incidents().stream().map(i -> i.cause().key()).toList(),
        contains("alert-undelivered:alert:webhook"));
    assertThat(again.incidents().get(0).cause().message(), is("1 alert waits to be delivered"));
    answer.set(200);
    assertThat(readable(2).undelivered(), is(empty()));
    assertThat(posted, hasSize(2));
    assertThat(posted.get(0), containsString("\"opened\""));
    assertThat(posted.get(1), containsString("\"closed\""));
    assertThat(readable(3).incidents(), is(empty()));
  }

  @Test
  void alertsOfAChannelThatIsGoneAreDroppedAndNamed() throws IOException {
    webhook();
    answer.set(503);
    unreadable(0);
    environment.remove("AUTOPULSE_ALERT_WEBHOOK");
    HealthReport gone = readable(1);
    assertThat(gone.dropped(), contains("webhook: Autopulse: warehouse warehouse-unreadable"));
    assertThat("nothing waits", gone.incidents(), is(empty()));
    assertThat(gone.undelivered(), is(empty()));
    webhook();
    answer.set(200);
    assertThat(readable(2).dropped(), is(empty()));
    assertThat(posted, is(empty()));
  }

  @Test
  void secretsAreInNothingThatIsWrittenOrSaid() throws IOException {
    webhook();
    answer.set(500);
    HealthReport report = unreadable(0);
    String said = HealthJson.of(report) + PrometheusText.of(report) + report;
    assertThat(said, not(containsString(HIDDEN)));
    chat.stop(0);
    assertThat(unreadable(1).undelivered().toString(), not(containsString(HIDDEN)));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("url")) {
          assertThat(file.toString(), Files.readString(file), not(containsString(HIDDEN)));
        }
      }
    }
  }

  @Test
  void secretMayBeInAFileThatIsReadEachTime() throws IOException {
    Path url = Files.writeString(folder.resolve("url"), url() + "\n");
    environment.put("AUTOPULSE_ALERT_WEBHOOK_FILE", url.toString());
    unreadable(0);
    Files.writeString(url, "http://localhost:1/" + HIDDEN);
    HealthReport moved = readable(1);
    assertThat(posted, hasSize(1));
    assertThat(moved.undelivered(), contains(startsWith("webhook: localhost cannot be reached: ")));
  }

  @Test
  void urlThatLeavesThisMachineWithoutEncryptionIsRefusedAndNotShown() {
    for (String url :
        List.of("http://chat.example.org/" + HIDDEN, "ftp://localhost/" + HIDDEN, HIDDEN + " ")) {
      environment.put("AUTOPULSE_ALERT_WEBHOOK", url);
      InputException refused = assertThrows(InputException.class, () -> readable(0));
      assertThat(refused.getMessage(), startsWith("AUTOPULSE_ALERT_WEBHOOK: holds no URL"));
      assertThat(refused.getMessage(), not(containsString(HIDDEN)));
    }
  }

  @Test
  void mailCommandGetsTheTextAndItsFailureIsTriedAgain() throws IOException {
    Path mail = folder.resolve("mail.txt");
    Path config =
        config(
            "  mail: {command: [sh, -c, 'test -e %s/ready && cat >> %s', '{subject}']}"
                .formatted(folder, mail));
    HealthReport failed = look(0, true, Optional.of(config));
    assertThat(failed.undelivered(), contains("mail: sh ended with exit code 1"));
    Files.createFile(folder.resolve("ready"));
    look(1, true, Optional.of(config));
    assertThat(
        Files.readString(mail),
        is(
            """
            error warehouse: cannot be read: w: is in use by process 7. Wait
            Remedy: See whether it is in use, moved, damaged, or its login has changed
            Runbook: docs/runbooks/warehouse-unreadable.md
            """));
  }

  @Test
  void fileGetsALineAnAlert() throws IOException {
    unreadable(0);
    readable(1);
    List<String> lines = Files.readAllLines(folder.resolve("health/alerts.jsonl"));
    assertThat(lines, hasSize(2));
    assertThat(new JsonMapper().readTree(lines.get(1)).get("status").asText(), is("closed"));
  }

  private void webhook() {
    environment.put("AUTOPULSE_ALERT_WEBHOOK", url());
    environment.put("AUTOPULSE_ALERT_TOKEN", HIDDEN);
  }

  private String url() {
    return "http://localhost:" + chat.getAddress().getPort() + "/hook/" + HIDDEN;
  }

  private Path config(String channel) throws IOException {
    String shipped = Files.readString(Path.of("pipelines/health.yaml"));
    return Files.writeString(
        folder.resolve("health.yaml"),
        shipped.substring(0, shipped.indexOf("\nalerts:")) + "\nalerts:\n" + channel + "\n");
  }

  private HealthReport unreadable(int day) {
    return look(day, true, Optional.empty());
  }

  private HealthReport readable(int day) {
    return look(day, false, Optional.empty());
  }

  /** Looks on a day after Monday; without a schedule no job is missed. */
  private HealthReport look(int day, boolean unreadable, Optional<Path> config) {
    WarehouseAccess access =
        unreadable
            ? look -> {
              throw new InputException("w", "is in use by process 7", "Wait");
            }
            : this::emptyTables;
    return new Health(
            new HealthConfigReader(environment).read(config),
            JobsFile.read(Optional.of(jobs()), environment),
            year -> Set.of(),
            environment)
        .look(access, "w", MONDAY.plus(Duration.ofDays(day)));
  }

  private Path jobs() {
    try {
      return Files.writeString(
          folder.resolve("jobs.yaml"),
          """
          timezone: Europe/Paris
          state: %s
          jobs:
            data-health:
              description: Looks.
              steps: [[health]]
              timeout: 5m
          """
              .formatted(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void emptyTables(WarehouseAccess.Look look) throws SQLException {
    try (DuckDbWarehouse warehouse =
            DuckDbWarehouse.open(
                MigratedFile.at(folder.resolve("empty.duckdb")), DuckDbSettings.RUN);
        Connection connection = warehouse.connect()) {
      look.at(connection, List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
