package io.autopulse.domain.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.run.PublishedRuns.Expectation;
import io.autopulse.domain.sale.BusinessInterval;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PublishedRunsTest {
  private static final Optional<Inputs> OLD = Optional.of(Inputs.ofFiles(List.of("a.csv 1 1")));
  private static final Optional<Inputs> NEW = Optional.of(Inputs.ofFiles(List.of("a.csv 2 2")));
  private static final Optional<Inputs> PLAN = Optional.of(Inputs.ofPlan(List.of("2024")));
  private static final Optional<Inputs> UNKNOWN = Optional.empty();

  @Test
  void runIsOvertakenByOneThatPublishedTheSameWindowsSinceItBegan() {
    PublishedRuns runs = runs(run("r1", 1, dates("2024-02-01", "2024-03-01"), NEW));
    BusinessInterval february = dates("2024-02-01", "2024-03-01").alignedOutward();
    assertThat(overtaking(runs, february, Set.of(), OLD), is("r1"));
    assertThat("it published before", overtaking(runs, february, Set.of("r1"), OLD), is(""));
    assertThat("it read the same", overtaking(runs, february, Set.of(), NEW), is(""));
    assertThat(
        "nobody knows what was read", overtaking(runs, february, Set.of(), UNKNOWN), is("r1"));
    assertThat(
        "windows of another table",
        runs.overtaking("trend_features", february, Set.of(), OLD),
        is(Optional.empty()));
  }

  @Test
  void neighbouringMonthsShareAWeekAndOtherMonthsNone() {
    // 2024-02-01 is a Thursday: the week of 2024-01-29 lies in January and in February.
    PublishedRuns runs = runs(run("r1", 1, dates("2024-02-01", "2024-03-01"), NEW));
    assertThat(
        overtaking(runs, dates("2024-01-01", "2024-02-01").alignedOutward(), Set.of(), OLD),
        is("r1"));
    assertThat(
        overtaking(runs, dates("2024-04-01", "2024-05-01").alignedOutward(), Set.of(), OLD),
        is(""));
    // 2024-07-01 is a Monday: June and July share nothing.
    PublishedRuns july = runs(run("r2", 1, dates("2024-07-01", "2024-08-01"), NEW));
    assertThat(
        overtaking(july, dates("2024-06-01", "2024-07-01").alignedOutward(), Set.of(), OLD),
        is(""));
  }

  @Test
  void runsOfOneBackfillOfADatabaseMayHaveReadDifferentThings() {
    PublishedRuns runs = runs(run("r1", 1, dates("2024-02-01", "2024-03-01"), PLAN));
    assertThat(
        overtaking(runs, dates("2024-02-01", "2024-03-01").alignedOutward(), Set.of(), PLAN),
        is("r1"));
  }

  @Test
  void datesAreHeldByTheLastRunOverThemThatIsMadeOfTheSame() {
    BusinessInterval february = dates("2024-02-01", "2024-03-01");
    PublishedRuns runs = runs(run("r2", 2, february, NEW), run("r1", 1, february, NEW));
    assertThat(holding(runs, february, NEW), is("r2"));
    assertThat(holding(runs, february, OLD), is(""));
    assertThat(holding(runs, february, UNKNOWN), is(""));
    assertThat(holding(runs, dates("2024-02-01", "2024-02-29"), NEW), is(""));
    assertThat(runs.holding("other", february, NEW), is(Optional.empty()));
  }

  @Test
  void datesAreNotHeldAnyMoreOnceSomethingElseHasReplacedAWindowOfThem() {
    BusinessInterval february = dates("2024-02-01", "2024-03-01");
    BusinessInterval march = dates("2024-03-01", "2024-04-01");
    PublishedRun chunk = run("r1", 1, february, NEW);
    assertThat(holding(runs(chunk, run("r2", 2, march, NEW)), february, NEW), is("r1"));
    assertThat(holding(runs(chunk, run("r2", 2, march, OLD)), february, NEW), is(""));
    assertThat(holding(runs(chunk, run("r2", 2, march, UNKNOWN)), february, NEW), is(""));
    assertThat(
        holding(runs(chunk, run("r2", 2, dates("2024-04-01", "2024-05-01"), OLD)), february, NEW),
        is("r1"));
    assertThat(holding(runs(run("r0", 0, march, OLD), chunk), february, NEW), is("r1"));
  }

  @Test
  void sameDatesThenAboutAsManyThenAnyTellWhatToExpect() {
    BusinessInterval february = dates("2024-02-01", "2024-03-01");
    PublishedRun year = run("r1", 1, dates("2023-01-01", "2024-01-01"), NEW, 90, 9000);
    PublishedRun may = run("r2", 2, dates("2024-05-01", "2024-06-01"), NEW, 10, 1000);
    PublishedRun june = run("r3", 3, dates("2024-06-01", "2024-07-01"), NEW, 30, 3000);
    PublishedRun july = run("r4", 4, dates("2024-07-01", "2024-08-01"), NEW, 20, 2000);
    PublishedRun same = run("r5", 5, february, OLD, 11, 1100);

    assertThat(runs().expected("daily-refresh", february), is(Optional.empty()));
    assertThat(
        runs(year).expected("daily-refresh", february), is(Optional.of(new Expectation(9000, 90))));
    assertThat(
        runs(year, may, june, july).expected("daily-refresh", february),
        is(Optional.of(new Expectation(2000, 20))));
    assertThat(
        runs(year, may, june, july, same).expected("daily-refresh", february),
        is(Optional.of(new Expectation(1100, 11))));
    assertThat(runs(year).expected("other", february), is(Optional.empty()));
  }

  @Test
  void inputsAreAKindAndADigestInWhichNoTwoTextsRunTogether() {
    assertThat(
        Inputs.ofFiles(List.of("abc")),
        // printf '3:abc' | sha256sum
        is(new Inputs("files:aab5f9ae99b2e38fb462025c8f72f570")));
    assertThat(Inputs.ofFiles(List.of("ab", "c")), is(not(Inputs.ofFiles(List.of("a", "bc")))));
    assertThrows(IllegalArgumentException.class, () -> new Inputs("files:1"));
  }

  private static String overtaking(
      PublishedRuns runs, BusinessInterval covered, Set<String> before, Optional<Inputs> inputs) {
    return runs.overtaking("sales_kpi", covered, before, inputs)
        .map(PublishedRun::runId)
        .orElse("");
  }

  private static String holding(
      PublishedRuns runs, BusinessInterval requested, Optional<Inputs> inputs) {
    return runs.holding("daily-refresh", requested, inputs).map(PublishedRun::runId).orElse("");
  }

  private static PublishedRuns runs(PublishedRun... runs) {
    return new PublishedRuns(Stream.of(runs).toList());
  }

  private static PublishedRun run(
      String runId, int minute, BusinessInterval requested, Optional<Inputs> inputs) {
    return run(runId, minute, requested, inputs, 1, 1);
  }

  private static PublishedRun run(
      String runId,
      int minute,
      BusinessInterval requested,
      Optional<Inputs> inputs,
      double seconds,
      long rows) {
    return new PublishedRun(
        runId,
        "daily-refresh",
        requested,
        "sales_kpi",
        inputs,
        Instant.parse("2024-09-01T00:00:00Z").plusSeconds(60L * minute),
        seconds,
        rows);
  }

  private static BusinessInterval dates(String from, String to) {
    return new BusinessInterval(LocalDate.parse(from), LocalDate.parse(to));
  }
}
