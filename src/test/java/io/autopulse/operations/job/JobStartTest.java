package io.autopulse.operations.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.TransientException;
import io.autopulse.operations.schedule.CatchUp;
import io.autopulse.operations.schedule.Heartbeat;
import io.autopulse.operations.schedule.Heartbeats;
import io.autopulse.operations.schedule.Outcome;
import io.autopulse.operations.schedule.RunDates;
import io.autopulse.operations.schedule.Schedule;
import io.autopulse.operations.schedule.ScheduledJob;
import io.autopulse.operations.schedule.Step;
import io.autopulse.warehouse.runs.RunningProcess;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps are scripts of the shell; the job is due daily at 05:00 in Paris. */
class JobStartTest {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final Instant SUNDAY = Instant.parse("2026-03-29T03:00:00Z");
  private static final Instant MONDAY = Instant.parse("2026-03-30T03:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** What was said, for which another thread can wait. */
  private static final class Said extends StringWriter {
    @Override
    public synchronized void flush() {
      notifyAll();
    }

    synchronized void await(String text) throws InterruptedException {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!toString().contains(text)) {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        assertThat(text + " was not said, but: " + this, left, is(greaterThan(0L)));
        wait(left);
      }
    }
  }

  @TempDir Path folder;

  private final Said out = new Said();
  private final Said err = new Said();
  private final StopSwitch stop = new StopSwitch();
  private CatchUp catchUp = CatchUp.ALL;
  private Duration timeout = Duration.ofMinutes(1);
  private Duration waitForLock = Duration.ofMinutes(1);
  private int retries = 2;

  @Test
  void stepsRunInOrderWithTheDatesOfTheDueRun() throws Exception {
    assertThat(
        start(SUNDAY, "echo refresh {today-35d}", "echo marts {yesterday} >&2").run(), is(0));
    assertThat(out.toString(), startsWith("refresh 2026-02-22\n"));
    assertThat(err.toString(), containsString("marts 2026-03-28\n"));
  }

  @Test
  void heartbeatAndLineSayHowItEnded() throws Exception {
    start(SUNDAY, "echo 'Run r20260329_030001_9f03ab of x published'").run();
    Heartbeat heartbeat = only();
    assertThat(heartbeat.due(), is(SUNDAY));
    assertThat(heartbeat.outcome(), is(Outcome.SUCCEEDED));
    assertThat(heartbeat.runIds(), is(List.of("r20260329_030001_9f03ab")));
    assertThat(heartbeat.startedBy(), is("schedule"));
    assertThat(heartbeat.endedAt().isPresent(), is(true));
    assertThat(
        lastLine(),
        matchesPattern(
            "autopulse job=daily due=2026-03-29T03:00:00Z outcome=SUCCEEDED exit=0 attempts=1 run_id=r20260329_030001_9f03ab seconds=\\d+"));
  }

  @Test
  void causeThatPassesIsTriedAgainFromTheStepThatFailed() throws Exception {
    int code =
        start(
                SUNDAY,
                "echo first >> " + folder.resolve("steps"),
                "echo second >> "
                    + folder.resolve("steps")
                    + "; [ $(wc -l < "
                    + folder.resolve("steps")
                    + ") -ge 3 ] || { echo 'error: w.duckdb is in use' >&2; exit 4; }")
            .run();
    assertThat(code, is(0));
    assertThat(
        Files.readAllLines(folder.resolve("steps")), is(List.of("first", "second", "second")));
    assertThat(only().attempts(), is(2));
    assertThat(out.toString(), containsString("outcome=FAILED exit=4 attempts=1"));
    assertThat(lastLine(), containsString("outcome=SUCCEEDED exit=0 attempts=2"));
  }

  @Test
  void causeThatDoesNotPassEndsWithExitCodeFour() throws Exception {
    assertThat(start(SUNDAY, "echo 'error: no broker answers' >&2; exit 4").run(), is(4));
    assertThat(only().attempts(), is(3));
    assertThat(only().outcome(), is(Outcome.FAILED));
    assertThat(only().message(), is("no broker answers"));
  }

  @Test
  void manifestAuditAndTheUnforeseenAreNotTriedAgain() throws Exception {
    for (int code : new int[] {1, 2, 3}) {
      assertThat(start(SUNDAY, "echo 'error: bad' >&2; exit " + code).run(), is(code));
      assertThat(only().attempts(), is(1));
      assertThat(only().exitCode(), is(code));
    }
    assertThat(start(SUNDAY, "kill -9 $$").run(), is(1));
    assertThat(only().message(), containsString("ended with exit code 137"));
  }

  @Test
  void failedStepEndsTheRunBeforeTheNext() throws Exception {
    start(SUNDAY, "exit 3", "echo marts").run();
    assertThat(out.toString(), not(containsString("marts")));
  }

  @Test
  void programThatIsNotThereIsTheCallersToCorrect() throws Exception {
    ScheduledJob job = job(new Step(true, List.of(folder.resolve("nothing").toString())));
    JobStart start =
        start(
            job,
            SUNDAY,
            (step, output) -> new RunningStep(new ProcessBuilder(step.words()), output));
    assertThat(start.run(), is(2));
    assertThat(only().message(), containsString("cannot be started"));
  }

  @Test
  void programOfOthersSaysByItsOwnCodeThatItsCauseMayPass() throws Exception {
    retries = 0;
    assertThat(start(SUNDAY, "exit 75").run(), is(4));
  }

  @Test
  void stepThatTakesTooLongIsEndedAndNotTriedAgain() throws Exception {
    timeout = Duration.ofMillis(300);
    assertThat(start(SUNDAY, "exec sleep 600").run(), is(1));
    assertThat(only().outcome(), is(Outcome.TIMED_OUT));
    assertThat(only().attempts(), is(1));
    assertThat(lastLine(), containsString("outcome=TIMED_OUT exit=1"));
  }

  @Test
  void missedRunsAreCaughtUpOldestFirstAndALaterFailureDoesNotHideAnEarlier() throws Exception {
    start(SUNDAY.minusSeconds(82_800), "true").run();
    assertThat(start(MONDAY, "echo at {today}; [ {today} != 2026-03-29 ] || exit 3").run(), is(3));
    assertThat(
        out.toString().lines().filter(line -> line.startsWith("at ")).toList(),
        is(List.of("at 2026-03-29", "at 2026-03-30")));
    assertThat(
        heartbeats().of("daily").stream().map(Heartbeat::outcome).toList(),
        is(List.of(Outcome.SUCCEEDED, Outcome.FAILED, Outcome.SUCCEEDED)));
  }

  @Test
  void causeThatMayPassKeepsLaterRunsWaitingToo() throws Exception {
    retries = 0;
    start(SUNDAY.minusSeconds(82_800), "true").run();
    assertThat(start(MONDAY, "echo at {today}; exit 4").run(), is(4));
    assertThat(
        out.toString().lines().filter(line -> line.startsWith("at ")).toList(),
        is(List.of("at 2026-03-29")));
  }

  @Test
  void runThatIsGivenUpIsRecordedWithTheReason() throws Exception {
    catchUp = CatchUp.LAST;
    start(SUNDAY.minusSeconds(82_800), "true").run();
    start(MONDAY, "true").run();
    Heartbeat skipped = heartbeats().of("daily").get(1);
    assertThat(skipped.due(), is(SUNDAY));
    assertThat(skipped.outcome(), is(Outcome.SKIPPED));
    assertThat(skipped.message(), is("a later run covers it"));
  }

  @Test
  void runWhoseProcessWasKilledIsRunAgain() throws Exception {
    Process killed = new ProcessBuilder("true").start();
    killed.waitFor();
    heartbeats()
        .write(
            new Heartbeat(
                "daily",
                SUNDAY,
                SUNDAY,
                Optional.empty(),
                Outcome.RUNNING,
                0,
                1,
                List.of(),
                "",
                "schedule",
                RunningProcess.current().host(),
                killed.pid()));
    start(SUNDAY.plusSeconds(3_600), "true").run();
    assertThat(only().outcome(), is(Outcome.SUCCEEDED));
    assertThat(only().startedBy(), is("catch-up"));
  }

  @Test
  void secondStartWaitsAndThenSaysWhoRunsTheJob() throws Exception {
    try (JobLock held = lock()) {
      held.holder("r20260329_030001_9f03ab");
      waitForLock = Duration.ofMillis(300);
      JobStart second = start(SUNDAY, "echo never");
      TransientException problem = assertThrows(TransientException.class, second::run);
      assertThat(
          problem.getMessage(),
          containsString(
              "job daily is run by process "
                  + ProcessHandle.current().pid()
                  + " on "
                  + RunningProcess.current().host()
                  + ", run r20260329_030001_9f03ab; waited 0 s"));
      assertThat(out.toString(), is(""));
    }
    assertThat("nothing was noted of it", heartbeats().of("daily"), is(empty()));
  }

  @Test
  void secondStartDoesNotRepeatWhatTheFirstHasDone() throws Exception {
    JobLock held = lock();
    JobStart second = start(SUNDAY, "echo never");
    CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> result(second));
    err.await("waiting for job daily, run by process ");
    heartbeats().write(succeeded(SUNDAY));
    held.close();
    assertThat(code.get(), is(0));
    assertThat(out.toString(), is(""));
    assertThat(err.toString(), containsString("nothing is left to do"));
  }

  @Test
  void startThatWaitsEndsWhenItIsStopped() throws Exception {
    try (JobLock held = lock()) {
      held.holder("r20260329_030001_9f03ab");
      stop.stop();
      JobStart second = start(SUNDAY, "echo never");
      InputException problem = assertThrows(InputException.class, second::run);
      assertThat(problem.getMessage(), containsString("stopped while waiting for the lock"));
    }
    assertThat(stop.awaitEnd(Duration.ZERO), is(true));
    assertThat("nothing was noted of it", heartbeats().of("daily"), is(empty()));
  }

  @Test
  void stopEndsTheStepAndIsWrittenDown() throws Exception {
    JobStart start =
        start(SUNDAY, "trap 'echo ended; exit 143' TERM; echo ready; sleep 600 & wait");
    CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> result(start));
    out.await("ready");
    stop.stop();
    assertThat(code.get(), is(1));
    assertThat(stop.awaitEnd(Duration.ofSeconds(1)), is(true));
    assertThat(out.toString(), containsString("ended"));
    assertThat(only().outcome(), is(Outcome.FAILED));
    assertThat(only().message(), is("it was stopped"));
  }

  private static int result(JobStart start) {
    try {
      return start.run();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private JobLock lock() {
    JobLock lock = JobLock.of(folder, "daily");
    assertThat(lock.tryTake(), is(true));
    return lock;
  }

  private JobStart start(Instant now, String... scripts) {
    Step[] steps = new Step[scripts.length];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = new Step(false, List.of(scripts[i]));
    }
    return start(
        job(steps),
        now,
        (step, output) ->
            new RunningStep(new ProcessBuilder("sh", "-c", step.words().get(0)), output));
  }

  private JobStart start(ScheduledJob job, Instant now, Programs programs) {
    return new JobStart(
        job,
        folder,
        heartbeats -> DuePlan.now(job, heartbeats, now, true),
        run -> RunDates.of(LocalDate.ofInstant(run.due(), PARIS), Optional.empty()),
        new JobSurroundings(
            heartbeats(),
            programs,
            new BackOff(Duration.ofMillis(1), Duration.ofMillis(1), () -> 1),
            Clock.systemUTC(),
            stop,
            new PrintWriter(out, true),
            new PrintWriter(err, true)));
  }

  private ScheduledJob job(Step... steps) {
    return new ScheduledJob(
        "daily",
        "",
        Optional.of(Schedule.of("0 0 5 * * ? *", PARIS)),
        List.of(steps),
        catchUp,
        7,
        timeout,
        retries,
        waitForLock,
        Optional.empty());
  }

  private Heartbeats heartbeats() {
    return new Heartbeats(folder);
  }

  private Heartbeat only() {
    List<Heartbeat> all = heartbeats().of("daily");
    assertThat(all.size(), is(1));
    return all.get(0);
  }

  private static Heartbeat succeeded(Instant due) {
    return new Heartbeat(
        "daily",
        due,
        due,
        Optional.of(due),
        Outcome.SUCCEEDED,
        0,
        1,
        List.of(),
        "",
        "schedule",
        "etl-1",
        1);
  }

  private String lastLine() {
    return out.toString().lines().reduce("", (a, b) -> b);
  }
}
