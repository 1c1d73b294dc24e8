package io.autopulse.domain.health;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.health.ErrorBudget.Look;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private static final Instant MONDAY = Instant.parse("2026-03-02T06:30:00Z");
  private static final Instant TUESDAY = MONDAY.plus(Duration.ofDays(1));

  private static final CauseGraph GRAPH = graph();

  private static CauseGraph graph() {
    CauseGraph.Builder graph = new CauseGraph.Builder();
    graph.edge("feed:sales", "job:daily-refresh").edge("job:daily-refresh", "job:marts");
    graph.edge("job:marts", "table:marts").edge("warehouse", "feed:sales");
    IntStream.range(0, 10).forEach(i -> graph.edge("job:daily-refresh", "table:t" + i));
    return graph.build();
  }

  @Test
  void brokenFeedThatStopsTenTablesIsOneIncident() {
    List<Finding> findings = new ArrayList<>();
    findings.add(finding(Symptom.FEED_LATE, "feed:sales"));
    findings.add(finding(Symptom.VOLUME_LOW, "feed:sales"));
    findings.add(finding(Symptom.JOB_FAILED, "job:daily-refresh"));
    findings.add(finding(Symptom.MARTS_STALE, "table:marts"));
    IntStream.range(0, 10).forEach(i -> findings.add(finding(Symptom.TABLE_STALE, "table:t" + i)));
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(findings, new Random(seed));
      List<Incident> incidents = GRAPH.group(findings);
      assertThat(incidents, hasSize(1));
      assertThat(incidents.get(0).cause().key(), is("feed-late:feed:sales"));
      assertThat(incidents.get(0).followed(), hasSize(13));
      assertThat(incidents.get(0).followed().get(0).key(), is("volume-low:feed:sales"));
    }
  }

  @Test
  void whatNothingUpstreamExplainsIsAnIncidentOfItsOwn() {
    List<Incident> incidents =
        GRAPH.group(
            List.of(
                finding(Symptom.FORECAST_COVERAGE, "job:marts"),
                finding(Symptom.FEED_LATE, "feed:sales"),
                finding(Symptom.JOB_MISSED, "job:marts")));
    assertThat(
        incidents.stream().map(incident -> incident.cause().key()).toList(),
        contains("job-missed:job:marts", "feed-late:feed:sales"));
    assertThat(incidents.get(0).followed().get(0).symptom(), is(Symptom.FORECAST_COVERAGE));
  }

  @Test
  void incidentIsAlertedOnceWhenItOpensAndOnceWhenItIsOver() {
    List<Incident> late = List.of(incident(finding(Symptom.FEED_LATE, "feed:sales")));
    OpenFindings.Change first = OpenFindings.none().next(late, Severity.ERROR);
    assertThat(first.opened(), is(late));
    OpenFindings.Change second = first.open().next(late, Severity.ERROR);
    assertThat(second.opened(), is(empty()));
    OpenFindings.Change over = second.open().next(List.of(), Severity.ERROR);
    assertThat(over.closed().stream().map(Finding::key).toList(), contains("feed-late:feed:sales"));
    assertThat(over.open().next(List.of(), Severity.ERROR).closed(), is(empty()));
  }

  @Test
  void whatFollowedIsAlertedOnlyIfItStaysWhenItsCauseIsOver() {
    Finding feed = finding(Symptom.FEED_LATE, "feed:sales");
    Finding table = finding(Symptom.TABLE_STALE, "table:t1");
    OpenFindings open =
        OpenFindings.none()
            .next(List.of(new Incident(feed, List.of(table))), Severity.ERROR)
            .open();
    OpenFindings.Change allOver = open.next(List.of(), Severity.ERROR);
    assertThat(allOver.closed(), contains(feed));
    OpenFindings.Change stays = open.next(List.of(incident(table)), Severity.ERROR);
    assertThat(stays.opened(), contains(incident(table)));
    assertThat(stays.closed(), contains(feed));
  }

  @Test
  void warningIsNotAlertedWhereErrorsAre() {
    List<Incident> warning = List.of(incident(finding(Symptom.FORECAST_COVERAGE, "table:t1")));
    OpenFindings.Change change = OpenFindings.none().next(warning, Severity.ERROR);
    assertThat(change.opened(), is(empty()));
    assertThat(change.open().next(List.of(), Severity.ERROR).closed(), is(empty()));
    assertThat(OpenFindings.none().next(warning, Severity.WARNING).opened(), is(warning));
  }

  @Test
  void findingIsKnownSinceItWasFirstSeenAndStaysWhileItCannotBeTold() {
    Finding monday = finding(Symptom.FEED_LATE, "feed:sales");
    OpenFindings open = OpenFindings.none().next(List.of(incident(monday)), Severity.ERROR).open();
    Finding tuesday = monday.since(TUESDAY);
    assertThat(open.with(List.of(tuesday), finding -> false).get(0).since(), is(MONDAY));
    assertThat(
        open.with(List.of(), finding -> finding.symptom().origin() == Symptom.Origin.WAREHOUSE),
        contains(monday));
    assertThat(open.with(List.of(), finding -> false), is(empty()));
  }

  @Test
  void budgetCountsTheBadTimeOfThirtyDays() {
    // 99 % of 30 days allow 7.2 hours. Bad for 40 days until noon of the first of the last 30 days,
    // and for 3.6 hours a day before now.
    Instant now = Instant.parse("2026-03-31T00:00:00Z");
    Instant begin = now.minus(Duration.ofDays(30));
    List<Look> looks =
        List.of(
            new Look(begin.minus(Duration.ofDays(10)), false),
            new Look(begin.plus(Duration.ofMinutes(216)), true),
            new Look(now.minus(Duration.ofDays(1)), false),
            new Look(now.minus(Duration.ofDays(1)).plus(Duration.ofMinutes(216)), true));
    ErrorBudget budget = ErrorBudget.of(0.99, looks, now);
    assertThat(budget.allowed(), is(Duration.ofMinutes(432)));
    assertThat(budget.bad(), is(Duration.ofMinutes(432)));
    assertThat(budget.used(), is(closeTo(1, 1e-9)));
    assertThat(ErrorBudget.of(0.99, List.of(), now).used(), is(closeTo(0, 1e-9)));
  }

  @Test
  void looksAreKeptWhereTheyChangeAndAsLongAsTheyCount() {
    List<Look> looks = List.of();
    for (int day = 0; day < 100; day++) {
      looks = ErrorBudget.with(looks, new Look(MONDAY.plus(Duration.ofDays(day)), day % 10 != 0));
    }
    // Days 69 to 99: bad on 70, 80 and 90, good from the day after each.
    assertThat(
        looks.stream().map(look -> Duration.between(MONDAY, look.at()).toDays()).toList(),
        contains(61L, 70L, 71L, 80L, 81L, 90L, 91L));
    assertThat(
        ErrorBudget.of(0.9, looks, MONDAY.plus(Duration.ofDays(99))).bad(), is(Duration.ofDays(3)));
  }

  @Test
  void shareIsUnusualByItsCountItsSizeAndItsHistory() {
    ShareLimits limits = new ShareLimits(20, 0.02, 3);
    assertThat(limits.isExceeded(50, 1000, List.of(0.01, 0.012, 0.5)), is(true));
    assertThat(limits.isExceeded(19, 100, List.of()), is(false));
    assertThat(limits.isExceeded(20, 1000, List.of()), is(false));
    assertThat(limits.isExceeded(50, 1000, List.of(0.03, 0.04, 0.03)), is(false));
    assertThat(limits.isExceeded(0, 0, List.of()), is(false));
  }

  private static Incident incident(Finding finding) {
    return new Incident(finding, List.of());
  }

  private static Finding finding(Symptom symptom, String subject) {
    return new Finding(symptom, subject, "it is wrong", "Correct it", MONDAY);
  }
}
