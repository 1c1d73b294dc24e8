package io.autopulse.operations.job;

import io.autopulse.domain.problem.ExitCode;
import io.autopulse.operations.schedule.Heartbeat;
import io.autopulse.operations.schedule.Outcome;
import io.autopulse.operations.schedule.RunDates;
import io.autopulse.operations.schedule.ScheduledJob;
import io.autopulse.operations.schedule.Step;
import io.autopulse.warehouse.runs.RunningProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One due run: its steps one after the other, repeated from the step that failed as long as the
 * cause may pass. Each attempt is written to the heartbeat as it begins and ends, and told of in
 * one line.
 */
final class JobRun {
  private static final Pattern RUN_ID = Pattern.compile("\\br\\d{8}_\\d{6}_[0-9a-f]{6}\\b");
  private static final String ERROR = "error: ";
  private static final int LONGEST_MESSAGE = 1_000;

  private final ScheduledJob job;
  private final DueRun run;
  private final RunDates dates;
  private final JobSurroundings surroundings;
  private final Consumer<String> holder;
  private final Set<String> runIds = new LinkedHashSet<>();
  private final Instant startedAt;

  /** The first step that has not succeeded. */
  private int next;

  /**
   * Prepares a run.
   *
   * @param holder told the ids of the runs that the steps make
   */
  JobRun(
      ScheduledJob job,
      DueRun run,
      RunDates dates,
      JobSurroundings surroundings,
      Consumer<String> holder) {
    this.job = job;
    this.run = run;
    this.dates = dates;
    this.surroundings = surroundings;
    this.holder = holder;
    startedAt = surroundings.now();
  }

  /** Runs; returns how the last attempt ended. */
  Attempt run() throws InterruptedException {
    for (int number = 1; ; number++) {
      write(new Attempt(Outcome.RUNNING, 0, ""), number);
      long began = System.nanoTime();
      Attempt attempt = attempt(Duration.ofNanos(began).plus(job.timeout()));
      write(attempt, number);
      tell(attempt, number, Duration.ofNanos(System.nanoTime() - began));
      if (!attempt.isWorthRepeating() || number > job.retries()) {
        return attempt;
      }
      Duration pause = surroundings.backOff().before(number);
      surroundings.say(
          "attempt "
              + number
              + " of "
              + (job.retries() + 1)
              + " failed by a cause that may pass; the next in "
              + pause.toSeconds()
              + " s");
      if (surroundings.stop().pause(pause)) {
        Attempt stopped = stopped();
        write(stopped, number);
        return stopped;
      }
    }
  }

  private static Attempt stopped() {
    return Attempt.failed(ExitCode.UNFORESEEN, "it was stopped");
  }

  /** Runs the steps that have not succeeded. */
  private Attempt attempt(Duration deadline) throws InterruptedException {
    while (next < job.steps().size()) {
      Attempt step = step(job.steps().get(next), deadline);
      if (step.outcome() != Outcome.SUCCEEDED) {
        return step;
      }
      next++;
    }
    return Attempt.succeeded();
  }

  private Attempt step(Step written, Duration deadline) throws InterruptedException {
    Step step = dates.fill(written);
    String program = step.words().get(0);
    surroundings.say(step.toString());
    AtomicReference<@Nullable String> error = new AtomicReference<>();
    Optional<StepProcess> started;
    try {
      started =
          surroundings
              .stop()
              .start(
                  () ->
                      surroundings
                          .programs()
                          .start(
                              step,
                              new StepOutput(
                                  surroundings.out(),
                                  surroundings.err(),
                                  line -> listen(line, error))));
    } catch (IOException e) {
      return failed(ExitCode.INPUT, program + " cannot be started: " + e.getMessage());
    }
    if (started.isEmpty()) {
      return stopped();
    }
    StepProcess running = started.get();
    if (!running.ends(deadline.minusNanos(System.nanoTime()))) {
      running.stop();
      String message = "it took longer than " + job.timeout().toSeconds() + " s and was ended";
      surroundings.say(message);
      return new Attempt(Outcome.TIMED_OUT, ExitCode.UNFORESEEN, message);
    }
    int code = running.exitCode();
    if (ExitCode.isStopped(code)) {
      // Ctrl-C in a terminal goes to the step too, which may end before this process knows of it.
      surroundings.stop().stop();
    }
    if (surroundings.stop().isStopped()) {
      return stopped();
    }
    if (code == ExitCode.DONE) {
      return Attempt.succeeded();
    }
    String said = error.get();
    return failed(code, said == null ? program + " ended with exit code " + code : said);
  }

  private static Attempt failed(int exitCode, String message) {
    return Attempt.failed(
        exitCode, message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)));
  }

  private void listen(String line, AtomicReference<@Nullable String> firstError) {
    if (line.startsWith(ERROR)) {
      firstError.compareAndSet(null, line.substring(ERROR.length()));
    }
    Matcher id = RUN_ID.matcher(line);
    synchronized (runIds) {
      while (id.find()) {
        if (runIds.add(id.group())) {
          holder.accept(String.join(", ", runIds));
        }
      }
    }
  }

  private List<String> runIds() {
    synchronized (runIds) {
      return List.copyOf(runIds);
    }
  }

  private void write(Attempt attempt, int number) {
    RunningProcess process = RunningProcess.current();
    surroundings
        .heartbeats()
        .write(
            new Heartbeat(
                job.name(),
                run.due(),
                startedAt,
                attempt.outcome() == Outcome.RUNNING
                    ? Optional.empty()
                    : Optional.of(surroundings.now()),
                attempt.outcome(),
                attempt.exitCode(),
                number,
                runIds(),
                attempt.message(),
                run.startedBy(),
                process.host(),
                process.processId()));
  }

  private void tell(Attempt attempt, int number, Duration duration) {
    List<String> ids = runIds();
    surroundings
        .out()
        .println(
            "autopulse job="
                + job.name()
                + " due="
                + run.due()
                + " outcome="
                + attempt.outcome()
                + " exit="
                + attempt.exitCode()
                + " attempts="
                + number
                + " run_id="
                + (ids.isEmpty() ? "-" : String.join(",", ids))
                + " seconds="
                + duration.toSeconds());
    surroundings.out().flush();
  }
}
