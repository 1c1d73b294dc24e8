package io.autopulse.web;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autopulse.warehouse.serving.FetchedLive;
import io.autopulse.warehouse.serving.LivePublisher;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live page over a publication; the dashboard's clock says 13 June 2024, 09:00 in Paris. */
class LivePageTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private Path directory;

  private ServedWarehouse served;

  @BeforeEach
  void start() throws Exception {
    served = ServedWarehouse.in(directory);
  }

  @AfterEach
  void stop() throws SQLException {
    served.close();
  }

  @Test
  void figuresAreThoseThatTheLiveJobPublished() throws Exception {
    sales("2024-06-13 06:10:00", "2024-06-13 06:40:00", "2024-06-13 06:50:00");
    served.execute("update sale_versions set status = 'CANCELLED' where sale_id = 'live 2'");
    publish("2024-06-13T06:59:50Z");

    List<List<String>> figures = served.csv("/live/figures.csv");
    // Two sold of three; by 08:00 in Paris none, and usually 2 of the two sales of each Thursday.
    assertThat(figures, hasItem(List.of("units_sold", "2", "-1.000000")));
    assertThat(figures, hasItem(List.of("revenue", "2001.00", "")));
    assertThat(figures, hasItem(List.of("units_lost", "1", "")));
    assertThat(figures, hasItem(List.of("newest_event", "600", "")));
    assertThat(figures, hasItem(List.of("newest_pane", "10", "")));
    String page = served.get("/live").body();
    assertThat(
        page,
        allOf(
            containsString("13 Jun 2024, provisional"),
            containsString("published at 13 Jun 2024 08:59:50"),
            containsString("0 by 08:00, usually 2"),
            containsString("10 s"),
            containsString("10 minutes")));
    assertThat(page, not(containsString("has published nothing for")));
  }

  @Test
  void hoursAreBesideTheSameWeekdayOfPastWeeks() throws Exception {
    sales("2024-06-13 05:10:00", "2024-06-13 06:40:00");
    // Of the four Thursdays before one without a sale, and one whose sales have no time of day.
    served.execute("delete from sales where sold_on = date '2024-05-30'");
    served.execute(
        "update sales set status = 'SOLD', sold_at = timestamp '2024-05-22 22:00:00' where sold_on = date '2024-05-23'");
    served.execute(
        "update sales set status = 'SOLD' where sold_on in (date '2024-06-06', date '2024-05-16')");
    served.execute(
        "update sales set sold_at = timestamp '2024-06-06 05:30:00' where sold_on = date '2024-06-06' and dealer_id = 'D1'");
    serve("r2");
    publish("2024-06-13T06:59:50Z");

    List<List<String>> hours = served.csv("/live/hours.csv");
    assertThat(hours.size(), is(24));
    assertThat(hours.get(2), is(List.of("02:00", "0", "0", "1.500000", "1")));
    assertThat(hours.get(7), is(List.of("07:00", "1", "1", "2.000000", "2")));
    assertThat(hours.get(8), is(List.of("08:00", "1", "2", "2.000000", "2")));
    assertThat("an hour to come", hours.get(9), is(List.of("09:00", "", "", "2.000000", "2")));
    assertThat(
        served.get("/live").body(),
        containsString("mean of past weeks on Thursday (16 May, 6 Jun)."));
  }

  @Test
  void filtersAndCutsApplyToToday() throws Exception {
    sales("2024-06-13 05:10:00", "2024-06-13 06:40:00");
    served.execute(
        "update sale_versions set dealer_id = 'D2', region = 'BRETAGNE' where sale_id = 'live 1'");
    publish("2024-06-13T06:59:50Z");
    assertThat(
        served.csv("/live/members.csv?by=dealer").stream()
            .map(r -> r.get(0) + " " + r.get(1))
            .toList(),
        is(List.of(ServedWarehouse.HOSTILE + " (D1) 1", "D2 1")));
    assertThat(
        served.csv("/live/figures.csv?region=CORSE"), hasItem(List.of("revenue", "1000.00", "")));
    assertThat(
        served.get("/live?region=CORSE&powertrain=ICE").body(),
        containsString("Nothing that these filters let pass is sold yet on 13 Jun 2024"));
    assertThat(served.get("/live?sort=nothing").statusCode(), is(400));
    assertThat(served.get("/live?by=dealer").body(), not(containsString("<b>")));
  }

  @Test
  void dayWhoseClocksChangeHasItsOwnHours() throws Exception {
    sales("2024-03-31 00:30:00", "2024-03-31 01:30:00");
    publish("2024-03-31T09:00:00Z");
    List<List<String>> spring = served.csv("/live/hours.csv");
    assertThat(spring.size(), is(23));
    assertThat(spring.get(1).subList(0, 3), is(List.of("01:00", "1", "1")));
    assertThat(spring.get(2).subList(0, 3), is(List.of("03:00", "1", "2")));
    assertThat(
        served.get("/live").body(),
        allOf(
            containsString("Clocks change on this day: it has 23 hours."),
            containsString("The live job has published nothing for 73 days")));

    served.execute("delete from sale_versions");
    sales("2023-10-29 00:30:00", "2023-10-29 01:30:00");
    publish("2023-10-29T09:00:00Z");
    List<List<String>> autumn = served.csv("/live/hours.csv?lang=fr");
    assertThat(autumn.size(), is(25));
    assertThat(autumn.get(2).subList(0, 3), is(List.of("02:00", "1", "1")));
    assertThat(autumn.get(3).subList(0, 3), is(List.of("02:00 bis", "1", "2")));
  }

  @Test
  void pageSaysThatNoLiveJobPublishesAndKeepsWhatWasBeforeABrokenFile() throws Exception {
    HttpResponse<String> none = served.get("/live?lang=fr");
    assertThat(none.statusCode(), is(200));
    assertThat(none.body(), containsString("Aucune tâche en direct ne publie ici"));
    assertThat(served.csv("/live/hours.csv"), is(List.of()));
    sales("2024-06-13 05:10:00");
    publish("2024-06-13T06:59:50Z");
    assertThat(served.csv("/live/hours.csv").size(), is(24));
    Files.writeString(served.folder().path().resolve("live.json"), "{");
    assertThat(served.csv("/live/hours.csv").size(), is(24));
  }

  @Test
  void onlyTheLivePageRunsAScriptAndOnlyItsServers() throws Exception {
    HttpResponse<String> live = served.get("/live");
    String policy = live.headers().firstValue("Content-Security-Policy").orElseThrow();
    assertThat(
        policy, allOf(containsString("script-src 'self'"), containsString("connect-src 'self'")));
    assertThat(policy, not(containsString("unsafe")));
    assertThat(live.body(), containsString("<script src=\"/assets/live.js\" defer></script>"));
    assertThat(live.body(), containsString("<noscript>"));
    HttpResponse<String> other = served.get("/overview");
    assertThat(
        other.headers().firstValue("Content-Security-Policy").orElseThrow(),
        not(containsString("script-src")));
    assertThat(other.body(), not(containsString("<script")));
  }

  @Test
  void openPagesAreToldAgesAndNewPublications() throws Exception {
    sales("2024-06-13 05:10:00");
    publish("2024-06-13T06:59:50Z");
    HttpResponse<Stream<String>> events =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(served.address()).resolve("/live/events?lang=fr"))
                .header("Accept", "text/event-stream")
                .build(),
            HttpResponse.BodyHandlers.ofLines());
    assertThat(
        events.headers().firstValue("Content-Type").orElseThrow(), containsString("event-stream"));
    Iterator<String> lines = events.body().iterator();
    assertThat(after(lines, "event: age"), containsString("\"newest_pane\":\"10 s\""));
    publish("2024-06-13T06:59:55Z");
    String told = "";
    while (!told.contains("06:59:55")) {
      told = after(lines, "event: publication");
    }
    assertThat(after(lines, "event: age"), containsString("\"newest_pane\":\"5 s\""));
  }

  @Test
  void pageOfPipesSaysWhenItWasReadAndWhetherTheJobIsAtWork() throws Exception {
    sales("2024-06-13 05:10:00", "2024-06-13 06:40:00");
    served.execute("insert into sale_versions_live select * from sale_versions");
    served.execute("delete from sale_versions");
    served.execute(
        "insert into load_runs (run_id, job, status, started_at) values ('r9', 'live-sales', 'RUNNING', timestamp '2024-06-13 04:00:00')");
    served.execute("insert into live_runs values ('r9', 'sales_kpi_live', 'r9', false)");

    fetch("2024-06-13T06:59:50Z");
    // One by 08:00 in Paris; of the four Thursdays before, three sold two by then and one sold one.
    assertThat(served.csv("/live/figures.csv"), hasItem(List.of("units_sold", "2", "-0.428571")));
    assertThat(
        served.get("/live").body(),
        allOf(
            containsString("Live job live-sales, read from the warehouse at 13 Jun 2024 08:59:50."),
            containsString("from the warehouse every 15 seconds while somebody looks"),
            containsString("has no KPI of the live job, or none since the last refresh")));

    pane("2024-06-13 06:50:30");
    fetch("2024-06-13T06:59:50Z");
    String works = served.get("/live").body();
    assertThat(served.csv("/live/figures.csv"), hasItem(List.of("newest_pane", "570", "")));
    assertThat(works, not(containsString("class=\"stale\" role")));

    served.execute("update sales_kpi_live set computed_at = timestamp '2024-06-13 06:49:30'");
    fetch("2024-06-13T06:59:50Z");
    assertThat(
        served.get("/live").body(),
        containsString("newest KPI of the live job is 10 minutes old: nothing has changed since,"));

    fetch("2024-06-13T06:58:50Z");
    assertThat(served.get("/live").body(), containsString("read from the warehouse 1 minute"));

    served.execute("update load_runs set status = 'FAILED' where run_id = 'r9'");
    fetch("2024-06-13T06:59:50Z");
    assertThat(served.get("/live?lang=fr").body(), containsString("La tâche en direct est finie"));
  }

  @Test
  void whoAsksForTheLivePageIsKnown() throws Exception {
    served.get("/overview");
    assertThat(served.isLiveAskedFor(), is(false));
    served.get("/api/v1/live/figures");
    assertThat(served.isLiveAskedFor(), is(true));
  }

  private void pane(String computedAt) throws SQLException {
    served.execute(
        "insert into sales_kpi_live (grain, window_start, window_end, dimension, member, units_sold, units_cancelled, units_returned, revenue, revision, is_final, computed_at, run_id) values ('day', timestamp '2024-06-12 22:00:00', timestamp '2024-06-13 22:00:00', 'total', 'all', 2, 0, 0, 2001, 1, false, timestamp '%s', 'r9')"
            .formatted(computedAt));
  }

  /** Reads what is live as a dashboard of Snowflake does, at a moment. */
  private void fetch(String at) throws Exception {
    new FetchedLive(
            served.warehouse(),
            served.folder(),
            ZoneId.of("Europe/Paris"),
            Clock.fixed(Instant.parse(at), ZoneOffset.UTC))
        .look();
  }

  private static String after(Iterator<String> lines, String event) {
    while (!lines.next().equals(event)) {
      // Another event.
    }
    return lines.next();
  }

  /** Adds a sale at each moment, UTC, as a live job loads it. */
  private void sales(String... moments) throws SQLException {
    for (int i = 0; i < moments.length; i++) {
      served.execute(
          """
          insert into sale_versions values (
            'live %d', timestamp '%s', 0, 'SOLD', timestamp '%s', cast(timestamp '%s' + interval 2 hours as date), null, 'FIAT',
            '500', 'SMALL', 'BEV', 'D1', 'CORSE', null, %d, 'EUR', null, null, 'r9')
          """
              .formatted(i, moments[i], moments[i], moments[i], 1000 + i));
    }
  }

  private void publish(String at) {
    Path file = Path.of(served.folder().path().toString().replaceFirst("\\.serving$", ""));
    List<String> told = new ArrayList<>();
    new LivePublisher(
            file,
            "live-sales",
            "r9",
            ZoneId.of("Europe/Paris"),
            "EUR",
            Clock.fixed(Instant.parse(at), ZoneOffset.UTC),
            told::add)
        .loaded(served.core(), 1, Optional.empty());
    assertThat(told, is(List.of()));
  }

  private void serve(String run) throws Exception {
    served.publish(run, "2024-06-13 05:00:00");
    served.folder().write(served.core(), run);
  }
}
