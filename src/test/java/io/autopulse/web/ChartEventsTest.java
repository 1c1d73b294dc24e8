package io.autopulse.web;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autopulse.web.state.Language;
import io.autopulse.web.state.Note;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happened, in charts and in words below them. */
class ChartEventsTest {
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
  void notesAreMarkedInTheLanguageOfThePage() throws Exception {
    assertThat(
        served.csv("/sales/events.csv?period=2024-06"),
        is(
            List.of(
                List.of("1", "2024-06-03", "Note", "Strike at \"Port & Co\""),
                List.of("2", "2024-06-04", "Note", "יריד 🚗 <i>"))));
    String page = served.get("/overview?period=2024-06&lang=fr").body();
    assertThat(
        page,
        allOf(
            containsString("<title>Grève au port</title>"),
            containsString("<title>יריד 🚗 &lt;i&gt;</title>"),
            containsString("Ce qui s'est passé"),
            not(containsString("<i>"))));
    assertThat(served.csv("/sales/events.csv?period=2024-05"), is(List.of()));
    assertThat(served.get("/sales?period=2024-05").body(), not(containsString("What happened")));
  }

  @Test
  void notesThatChangeAreOnThePageThatHasBeenSeenBefore() throws Exception {
    assertThat(served.get("/sales?period=2024-06").body(), containsString("Strike at"));
    served.change(
        List.of(new Note(LocalDate.of(2024, 6, 3), Map.of(Language.EN, "The strike is over"))));
    assertThat(
        served.get("/sales?period=2024-06").body(),
        allOf(containsString("The strike is over"), not(containsString("Strike at"))));
  }

  @Test
  void launchesAndEndsAreThoseOfTheModelsThatAreShown() throws Exception {
    vehicle("m1", "FIAT", "500 \"e\"", "BEV", "date '2024-05-06'", "null");
    vehicle("m2", "RENAULT", "CLIO", "ICE", "date '2012-01-01'", "date '2024-05-31'");
    serve();
    assertThat(
        words("/sales/events.csv?period=2024-05"),
        is(List.of("1 FIAT 500 \"e\" is launched.", "2 RENAULT CLIO is discontinued.")));
    assertThat(
        words("/sales/events.csv?period=2024-05&powertrain=ICE&region=CORSE"),
        is(List.of("1 RENAULT CLIO is discontinued.")));
    assertThat(words("/sales/events.csv?period=2024-04"), is(List.of()));
  }

  @Test
  void pageSaysHowManyEventsOnlyTheFileHas() throws Exception {
    for (int day = 1; day <= 25; day++) {
      vehicle("m" + day, "FIAT", "M" + day, "BEV", "date '2024-05-" + day + "'", "null");
    }
    serve();
    assertThat(served.csv("/sales/events.csv?period=2024-05").size(), is(25));
    assertThat(
        served.get("/sales?period=2024-05").body(),
        allOf(
            containsString("FIAT M20 is launched."),
            not(containsString("FIAT M21 is launched.")),
            containsString("5 more are in the file.")));
  }

  @Test
  void restatedWeekIsToldInWordsWhereItIs() throws Exception {
    // Three sales of week 21 became known three weeks later; three of week 22 were cancelled.
    served.execute(
        "update sales set status = 'SOLD', updated_at = timestamp '2024-06-12 08:00:00' where sold_on in (date '2024-05-20', date '2024-05-21') and sale_id <> (select min(sale_id) from sales where sold_on = date '2024-05-20')");
    served.execute(
        """
        insert into sale_versions
        select * replace ('SOLD' as status) from sales
        where sold_on in (date '2024-05-28', date '2024-05-29')
        """);
    served.execute(
        "update sales set status = 'CANCELLED', updated_at = timestamp '2024-06-05 08:00:00' where sold_on in (date '2024-05-28', date '2024-05-29')");
    serve();
    assertThat(
        words("/sales/events.csv?period=2024-05"),
        is(
            List.of(
                "1 On 12 Jun 2024 the week of 20 May rose by 3.",
                "2 On 5 Jun 2024 the week of 27 May fell by 4.")));
    assertThat(
        served.get("/sales?period=2024-05").body(),
        containsString("<title>On 12 Jun 2024 the week of 20 May rose by 3.</title>"));
    assertThat(
        words("/sales/events.csv?period=2024&grain=month").get(0),
        is("1 On 5 Jun 2024, May 2024 fell by 4."));
    assertThat(words("/sales/events.csv?period=2024-05&region=CORSE"), is(List.of()));
  }

  @Test
  void weekFiftyThreeIsAWeekLikeAnyOther() throws Exception {
    served.execute(
        """
        insert into sales
        select * replace (
            'W' || sale_id as sale_id, 'SOLD' as status, sold_on - 1253 as sold_on, timestamp '2021-02-01 08:00:00' as updated_at)
        from sales where sold_on between date '2024-06-03' and date '2024-06-09'
        """);
    serve();
    String page = served.get("/sales?period=2020-W53").body();
    assertThat(page, containsString("Week 53 of 2020"));
    assertThat(served.csv("/sales/trend.csv?period=2020-W53").size(), is(7));
    assertThat(
        words("/sales/events.csv?period=2020-W53"),
        is(List.of("1 On 1 Feb 2021 the week of 28 Dec rose by 14.")));
  }

  @Test
  void runsThatPublishedNothingOrThePastAreTold() throws Exception {
    run("r5", "FAILED", "2024-05-07 04:00:00", "2024-04-01", "2024-06-01");
    run("r6", "PUBLISHED", "2024-05-08 04:00:00", "2024-04-01", "2024-06-01");
    run("r7", "PUBLISHED", "2024-05-09 04:00:00", "2023-01-01", "2023-02-01");
    serve();
    assertThat(
        words("/sales/events.csv?period=2024-05"),
        is(
            List.of(
                "1 Run r5 of erp published nothing: Failed.",
                "2 Run r7 of erp computed 1 Jan 2023 to 31 Jan 2023 anew.")));
  }

  private void run(String id, String status, String at, String from, String to)
      throws SQLException {
    served.execute(
        "insert into load_runs (run_id, job, status, started_at, ended_at, interval_from, interval_to) values ('%s', 'erp', '%s', timestamp '%s', timestamp '%s', date '%s', date '%s')"
            .formatted(id, status, at, at, from, to));
  }

  private void vehicle(
      String id, String make, String model, String powertrain, String launched, String ended)
      throws SQLException {
    served.execute(
        "insert into vehicles (model_id, make, model, segment, powertrain, run_id, launched_on, discontinued_on) values ('%s', '%s', '%s', 'SMALL', '%s', 'r1', %s, %s)"
            .formatted(id, make, model, powertrain, launched, ended));
  }

  private void serve() throws Exception {
    served.publish("r9", "2024-06-13 05:00:00");
    served.folder().write(served.core(), "r9");
  }

  /** Returns the mark and the words of each event. */
  private List<String> words(String address) throws Exception {
    return served.csv(address).stream().map(row -> row.get(0) + " " + row.get(3)).toList();
  }
}
