package io.autopulse.warehouse.serving;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a live job publishes for dashboards, of which day, and when. */
class LivePublisherTest {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  /** Half past midnight in Paris, still the day before in UTC. */
  private static final Instant NOW = Instant.parse("2026-06-10T22:30:00Z");

  private static final String HOSTILE = "O'Hara \"<b>\" & שלום 🚗, Ltd";

  @TempDir private Path directory;

  private final List<String> told = new ArrayList<>();
  private Path file;
  private DuckDbWarehouse warehouse;
  private Connection core;
  private LiveFile live;

  @BeforeEach
  void open() throws IOException {
    file = MigratedFile.at(directory.resolve("test.duckdb"));
    warehouse = DuckDbWarehouse.open(file, DuckDbSettings.RUN);
    core = warehouse.connect();
    live = LiveFile.of(ServingFolder.of(file));
  }

  @AfterEach
  void close() throws SQLException {
    core.close();
    warehouse.close();
  }

  private LivePublisher publisher(Instant now) {
    return new LivePublisher(
        file, "live", "r9", PARIS, "EUR", Clock.fixed(now, ZoneOffset.UTC), told::add);
  }

  private void serve() throws IOException {
    Files.createDirectories(ServingFolder.of(file).path());
  }

  @Test
  void salesOfTodayAreAddedUpByHourAndMember() throws Exception {
    serve();
    version("a", "2026-06-10T22:10:00Z", "SOLD", "2026-06-10T22:10:00Z", 100, 120);
    version("b", "2026-06-10T22:12:00Z", "SOLD", "2026-06-10T22:11:00Z", 50, null);
    version("c", "2026-06-10T22:12:00Z", "RETURNED", "2026-06-10T22:00:00Z", 70, 80);
    version("yesterday", "2026-06-10T22:13:00Z", "SOLD", "2026-06-10T21:59:00Z", 10, 10);

    publisher(NOW).loaded(core, 3, Optional.of(Instant.parse("2026-06-10T22:13:00Z")));

    LivePublication published = live.read().orElseThrow();
    assertThat(published.day(), is(LocalDate.of(2026, 6, 11)));
    assertThat(published.origin(), is(LivePublication.Origin.LOADER));
    assertThat(published.writtenAt(), is(NOW));
    assertThat(published.newestPane(), is(Optional.of(NOW)));
    assertThat(published.newestEvent(), is(Optional.of(Instant.parse("2026-06-10T22:13:00Z"))));
    assertThat(
        published.cells().stream().map(LivePublisherTest::text).toList(),
        contains("-1 0 0.00 0.00 0.00 0 1", "0 2 150.00 100.00 120.00 0 0"));
    assertThat(published.cells().get(0).dealer(), is(HOSTILE));
    assertThat(published.cells().get(0).model(), is("FIAT 500"));
  }

  private static String text(LivePublication.Cell cell) {
    return Stream.of(
            cell.hour(),
            cell.sold(),
            cell.revenue(),
            cell.net(),
            cell.list(),
            cell.cancelled(),
            cell.returned())
        .map(String::valueOf)
        .reduce((a, b) -> a + " " + b)
        .orElseThrow();
  }

  @Test
  void saleCountsAsItsCurrentVersionSays() throws Exception {
    serve();
    String today = "2026-06-10T22:10:00Z";
    version("cancelled", "2026-06-10T22:10:00Z", "SOLD", today, 100, null);
    version("cancelled", "2026-06-10T22:20:00Z", "CANCELLED", today, 100, null);
    version("moved away", "2026-06-10T22:10:00Z", "SOLD", today, 100, null);
    version("moved away", "2026-06-10T22:20:00Z", "SOLD", "2026-06-09T10:00:00Z", 100, null);
    version("moved here", "2026-06-01T10:00:00Z", "SOLD", "2026-06-01T10:00:00Z", 7, null);
    version("moved here", "2026-06-10T22:20:00Z", "SOLD", today, 7, null);

    publisher(NOW).loaded(core, 0, Optional.empty());

    assertThat(
        live.read().orElseThrow().cells().stream().map(LivePublisherTest::text).toList(),
        contains("0 1 7.00 0.00 0.00 1 0"));
  }

  @Test
  void dayWhoseClocksGoBackHasTwentyFiveHours() throws Exception {
    serve();
    version("a", "2026-10-25T00:30:00Z", "SOLD", "2026-10-25T00:30:00Z", 1, null);
    version("b", "2026-10-25T01:30:00Z", "SOLD", "2026-10-25T01:30:00Z", 1, null);
    version("c", "2026-10-25T22:30:00Z", "SOLD", "2026-10-25T22:30:00Z", 1, null);

    publisher(Instant.parse("2026-10-25T22:45:00Z")).loaded(core, 0, Optional.empty());

    assertThat(
        live.read().orElseThrow().cells().stream().map(LivePublication.Cell::hour).toList(),
        contains(2, 3, 24));
  }

  @Test
  void nothingIsPublishedWhereNobodyLooks() throws Exception {
    LivePublisher publisher = publisher(NOW);
    publisher.loaded(core, 1, Optional.of(NOW));
    assertThat(live.read(), is(Optional.empty()));
    assertThat(publisher.isDue(), is(false));
    serve();
    assertThat("somebody has begun to look", publisher.isDue(), is(true));
    publisher.loaded(core, 0, Optional.empty());
    assertThat(live.read().orElseThrow().newestEvent(), is(Optional.of(NOW)));
    assertThat(live.read().orElseThrow().cells(), is(empty()));
    assertThat(publisher.isDue(), is(false));
  }

  @Test
  void whatWasNotPublishedIsOwedUntilItIsTime() throws Exception {
    serve();
    LivePublisher publisher = publisher(NOW);
    publisher.loaded(core, 1, Optional.empty());
    version("a", "2026-06-10T22:10:00Z", "SOLD", "2026-06-10T22:10:00Z", 100, 120);
    publisher.loaded(core, 1, Optional.of(Instant.parse("2026-06-10T22:10:00Z")));
    assertThat("within the same second", live.read().orElseThrow().cells(), is(empty()));
    while (!publisher.isDue()) {
      Thread.sleep(20);
    }
    publisher.loaded(core, 0, Optional.empty());
    assertThat(live.read().orElseThrow().cells(), hasSize(1));
  }

  @Test
  void newRunKnowsWhatWasNewestBeforeIt() throws Exception {
    serve();
    version("a", "2026-06-09T10:00:00Z", "SOLD", "2026-06-09T10:00:00Z", 100, 120);
    publisher(NOW).loaded(core, 0, Optional.empty());
    assertThat(
        live.read().orElseThrow().newestEvent(),
        is(Optional.of(Instant.parse("2026-06-09T10:00:00Z"))));
    assertThat(live.read().orElseThrow().newestPane(), is(Optional.empty()));
  }

  @Test
  void publicationThatFailsIsToldOnceAndFailsNothingElse() throws Exception {
    serve();
    Path blocked = ServingFolder.of(file).path().resolve("live.json");
    Files.createDirectories(blocked.resolve("in the way"));
    LivePublisher publisher = publisher(NOW);
    for (int i = 0; i < 2; i++) {
      publisher.loaded(core, 1, Optional.empty());
      while (!publisher.isDue()) {
        Thread.sleep(20);
      }
    }
    assertThat(told, hasSize(1));
    assertThat(told.get(0), containsString("the dashboard does not see what is live"));
    try (Stream<Path> left = Files.list(ServingFolder.of(file).path())) {
      assertThat(left.toList(), contains(blocked));
    }
  }

  @Test
  void fileOfAnotherProgramIsNoPublication() throws Exception {
    serve();
    for (String text : List.of("", "{", "{}", "{\"sales\": 7}", "[]")) {
      Files.writeString(ServingFolder.of(file).path().resolve("live.json"), text);
      assertThrows(IOException.class, live::read);
    }
  }

  @Test
  void readerNeverSeesHalfOfAPublication() throws Exception {
    serve();
    AtomicBoolean done = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              try {
                for (int i = 1; i <= 200; i++) {
                  live.write(publication(i));
                }
              } catch (IOException e) {
                told.add(e.toString());
              } finally {
                done.set(true);
              }
            });
    live.write(publication(0));
    writer.start();
    while (!done.get()) {
      LivePublication read = live.read().orElseThrow();
      long number = read.cells().get(0).sold();
      assertThat(read.cells().stream().allMatch(cell -> cell.sold() == number), is(true));
      assertThat(read, is(publication(number)));
    }
    writer.join();
    assertThat(told, is(empty()));
  }

  private static LivePublication publication(long number) {
    List<LivePublication.Cell> cells = new ArrayList<>();
    for (int hour = 0; hour < 500; hour++) {
      cells.add(
          new LivePublication.Cell(
              hour,
              "FIAT",
              "FIAT 500",
              "SMALL",
              "BEV",
              "NORTH",
              HOSTILE,
              number,
              BigDecimal.ONE,
              BigDecimal.ONE,
              BigDecimal.ONE,
              0,
              0));
    }
    return new LivePublication(
        "live",
        "r" + number,
        PARIS,
        LocalDate.of(2026, 6, 11),
        "EUR",
        LivePublication.Origin.READ_ENDED,
        NOW.plus(Duration.ofSeconds(number)),
        Optional.empty(),
        Optional.empty(),
        cells);
  }

  private void version(
      String sale, String updated, String status, String sold, int net, Integer list)
      throws SQLException {
    Instant soldAt = Instant.parse(sold);
    try (PreparedStatement insert =
        core.prepareStatement(
            "insert into sale_versions values (?, ?, 0, ?, ?, ?, null, 'FIAT', '500', 'SMALL', 'BEV', ?, 'NORTH', ?, ?, 'EUR', null, null, 'r1')")) {
      insert.setString(1, sale);
      insert.setObject(2, utc(Instant.parse(updated)));
      insert.setString(3, status);
      insert.setObject(4, utc(soldAt));
      insert.setObject(5, LocalDate.ofInstant(soldAt, PARIS));
      insert.setString(6, HOSTILE);
      insert.setObject(7, list);
      insert.setInt(8, net);
      insert.execute();
    }
  }

  private static LocalDateTime utc(Instant moment) {
    return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
  }
}
