package io.autopulse.operations.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.autopulse.operations.job.DuePlan.Skipped;
import io.autopulse.operations.schedule.CatchUp;
import io.autopulse.operations.schedule.Heartbeat;
import io.autopulse.operations.schedule.Outcome;
import io.autopulse.operations.schedule.Schedule;
import io.autopulse.operations.schedule.ScheduledJob;
import io.autopulse.operations.schedule.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Daily at 05:00 in Paris; the clocks are set forward on 2026-03-29. */
class DuePlanTest {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final Instant FRIDAY = Instant.parse("2026-03-27T04:00:00Z");
  private static final Instant SATURDAY = Instant.parse("2026-03-28T04:00:00Z");
  private static final Instant SUNDAY = Instant.parse("2026-03-29T03:00:00Z");
  private static final Instant MONDAY = Instant.parse("2026-03-30T03:00:00Z");

  private final List<Heartbeat> heartbeats = new ArrayList<>();

  @Test
  void firstStartRunsTheCurrentIntervalAlone() {
    assertThat(
        plan(CatchUp.ALL, 7, MONDAY.plusSeconds(1)),
        is(new DuePlan(List.of(new DueRun(MONDAY, "schedule")), List.of())));
  }

  @Test
  void schedulerWhoseClockIsBehindStartsTheRunThatIsAboutToBeDue() {
    was(SUNDAY, Outcome.SUCCEEDED);
    assertThat(
        plan(CatchUp.LAST, 7, MONDAY.minusSeconds(30)).runs(),
        is(List.of(new DueRun(MONDAY, "schedule"))));
  }

  @Test
  void missedRunsAreMadeUpForOldestFirst() {
    was(FRIDAY, Outcome.SUCCEEDED);
    assertThat(
        plan(CatchUp.ALL, 7, MONDAY),
        is(
            new DuePlan(
                List.of(
                    new DueRun(SATURDAY, "catch-up"),
                    new DueRun(SUNDAY, "catch-up"),
                    new DueRun(MONDAY, "schedule")),
                List.of())));
  }

  @Test
  void lastRunCoversThoseBeforeIt() {
    was(FRIDAY, Outcome.SUCCEEDED);
    assertThat(
        plan(CatchUp.LAST, 7, MONDAY),
        is(
            new DuePlan(
                List.of(new DueRun(MONDAY, "schedule")),
                List.of(
                    new Skipped(SATURDAY, "a later run covers it"),
                    new Skipped(SUNDAY, "a later run covers it")))));
  }

  @Test
  void catchingUpIsBoundedInNumberAndAge() {
    was(FRIDAY, Outcome.SUCCEEDED);
    assertThat(
        plan(CatchUp.ALL, 2, SUNDAY),
        is(
            new DuePlan(
                List.of(new DueRun(SATURDAY, "catch-up"), new DueRun(SUNDAY, "schedule")),
                List.of())));
    assertThat(
        plan(CatchUp.ALL, 2, MONDAY.plus(Duration.ofHours(20))).skipped(),
        is(List.of(new Skipped(SATURDAY, "it was missed more than 2 days ago"))));
    ScheduledJob often = job("0 0/30 4-23 * * ? *", CatchUp.ALL, 3);
    assertThat(
        DuePlan.now(
            often, List.of(beat(FRIDAY, Outcome.SUCCEEDED)), FRIDAY.plusSeconds(9_000), true),
        is(
            new DuePlan(
                List.of(
                    new DueRun(FRIDAY.plusSeconds(5_400), "catch-up"),
                    new DueRun(FRIDAY.plusSeconds(7_200), "catch-up"),
                    new DueRun(FRIDAY.plusSeconds(9_000), "schedule")),
                List.of(
                    new Skipped(FRIDAY.plusSeconds(1_800), "more than 3 runs were missed"),
                    new Skipped(FRIDAY.plusSeconds(3_600), "more than 3 runs were missed")))));
  }

  @Test
  void currentRunIsMadeHoweverOldItIs() {
    ScheduledJob yearly = job("0 0 5 1 1 ? *", CatchUp.ALL, 7);
    assertThat(
        DuePlan.now(yearly, List.of(), MONDAY, true).runs(),
        is(List.of(new DueRun(Instant.parse("2026-01-01T04:00:00Z"), "schedule"))));
  }

  @Test
  void failedAndKilledRunsAreRunAgain() {
    was(FRIDAY, Outcome.SUCCEEDED);
    was(SATURDAY, Outcome.TIMED_OUT);
    was(SUNDAY, Outcome.FAILED);
    was(MONDAY, Outcome.RUNNING);
    assertThat(
        plan(CatchUp.ALL, 7, MONDAY.plusSeconds(60)).runs(),
        is(
            List.of(
                new DueRun(SATURDAY, "catch-up"),
                new DueRun(SUNDAY, "catch-up"),
                new DueRun(MONDAY, "catch-up"))));
    DuePlan last = plan(CatchUp.LAST, 7, MONDAY.plusSeconds(60));
    assertThat(last.runs(), is(List.of(new DueRun(MONDAY, "catch-up"))));
    assertThat("what has failed stays so", last.skipped(), is(empty()));
  }

  @Test
  void whatIsDoneOrGivenUpIsNotRunAgainAndAPersonGetsARun() {
    was(FRIDAY, Outcome.SUCCEEDED);
    was(SATURDAY, Outcome.SKIPPED);
    was(SUNDAY, Outcome.SUCCEEDED);
    assertThat(
        plan(CatchUp.ALL, 7, SUNDAY.plusMillis(3_600_500)),
        is(
            new DuePlan(
                List.of(new DueRun(Instant.parse("2026-03-29T04:00:00Z"), "person")), List.of())));
  }

  @Test
  void laterRunCoversOneThatFailedBeforeIt() {
    was(SATURDAY, Outcome.FAILED);
    was(SUNDAY, Outcome.SUCCEEDED);
    assertThat(
        plan(CatchUp.LAST, 7, SUNDAY.plusSeconds(3_600)).runs(),
        is(List.of(new DueRun(SUNDAY.plusSeconds(3_600), "person"))));
    assertThat(
        plan(CatchUp.ALL, 7, SUNDAY.plusSeconds(3_600)).runs(),
        is(List.of(new DueRun(SATURDAY, "catch-up"))));
  }

  @Test
  void startWithoutCatchUpLeavesMissedRunsToALaterOne() {
    was(FRIDAY, Outcome.SUCCEEDED);
    assertThat(
        DuePlan.now(job("0 0 5 * * ? *", CatchUp.LAST, 7), heartbeats, MONDAY, false),
        is(new DuePlan(List.of(new DueRun(MONDAY, "schedule")), List.of())));
  }

  @Test
  void jobWithoutScheduleRunsWheneverItIsAsked() {
    assertThat(
        DuePlan.now(job(Optional.empty(), CatchUp.LAST, 7), heartbeats, MONDAY, true).runs(),
        is(List.of(new DueRun(MONDAY, "person"))));
  }

  @Test
  void yearOfMissedMinutesIsRecordedInPart() {
    ScheduledJob often = job("0 0/5 4-23 * * ? *", CatchUp.LAST, 1);
    DuePlan plan =
        DuePlan.now(
            often,
            List.of(beat(FRIDAY.minus(Duration.ofDays(365)), Outcome.SUCCEEDED)),
            MONDAY,
            true);
    assertThat(plan.skipped(), hasSize(1_000));
  }

  @Test
  void runForADateIsThatOfTheSchedule() {
    ScheduledJob daily = job("0 0 5 * * ? *", CatchUp.LAST, 7);
    assertThat(
        DuePlan.on(daily, LocalDate.of(2026, 3, 29), PARIS, MONDAY).runs(),
        is(List.of(new DueRun(SUNDAY, "person"))));
    ScheduledJob weekly = job("0 0 5 ? * MON *", CatchUp.LAST, 7);
    assertThat(
        "noon, where none is due",
        DuePlan.on(weekly, LocalDate.of(2026, 3, 29), PARIS, MONDAY).runs(),
        is(List.of(new DueRun(Instant.parse("2026-03-29T10:00:00Z"), "person"))));
    ScheduledJob often = job("0 0/30 4-23 * * ? *", CatchUp.LAST, 7);
    assertThat(
        "the last that is due by now",
        DuePlan.on(often, LocalDate.of(2026, 3, 30), PARIS, MONDAY).runs(),
        is(List.of(new DueRun(MONDAY, "person"))));
  }

  private DuePlan plan(CatchUp rule, int limit, Instant now) {
    return DuePlan.now(job("0 0 5 * * ? *", rule, limit), heartbeats, now, true);
  }

  private void was(Instant due, Outcome outcome) {
    heartbeats.add(beat(due, outcome));
  }

  private static Heartbeat beat(Instant due, Outcome outcome) {
    return new Heartbeat(
        "job", due, due, Optional.empty(), outcome, 0, 1, List.of(), "", "schedule", "etl-1", 1);
  }

  private static ScheduledJob job(String cron, CatchUp rule, int limit) {
    return job(Optional.of(Schedule.of(cron, PARIS)), rule, limit);
  }

  private static ScheduledJob job(Optional<Schedule> schedule, CatchUp rule, int limit) {
    return new ScheduledJob(
        "job",
        "",
        schedule,
        List.of(new Step(false, List.of("marts"))),
        rule,
        limit,
        Duration.ofHours(1),
        0,
        Duration.ofMinutes(1),
        Optional.empty());
  }
}
