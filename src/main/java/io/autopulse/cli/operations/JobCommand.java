package io.autopulse.cli.operations;

import io.autopulse.cli.options.IntervalOptions;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.operations.job.BackOff;
import io.autopulse.operations.job.DuePlan;
import io.autopulse.operations.job.DueRun;
import io.autopulse.operations.job.JobStart;
import io.autopulse.operations.job.JobSurroundings;
import io.autopulse.operations.job.Programs;
import io.autopulse.operations.job.SameProgram;
import io.autopulse.operations.job.StopSwitch;
import io.autopulse.operations.schedule.Heartbeat;
import io.autopulse.operations.schedule.Heartbeats;
import io.autopulse.operations.schedule.JobsFile;
import io.autopulse.operations.schedule.RunDates;
import io.autopulse.operations.schedule.ScheduledJob;
import io.autopulse.pipeline.yaml.Scalars;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autopulse job}: what schedulers start, and do not do themselves. */
@Command(
    name = "job",
    description = {
      "Runs a job of the jobs' file: what is due of it and has not been done, the oldest first.",
      "Writes heartbeats, repeats attempts whose cause may pass, keeps a second start waiting, and ends what takes too long.",
      "Without a name it lists the jobs, their last heartbeats and their next times."
    })
public final class JobCommand implements Callable<Integer> {
  private static final String MAIN = "io.autopulse.cli.Autopulse";
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  /** What a stopped job has to write its heartbeat: its step has 20 seconds before. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "The job, such as daily-refresh.")
  private @Nullable String name;

  @Mixin private JobsOption jobs;

  @Option(
      names = "--for",
      paramLabel = "DATE",
      converter = IntervalOptions.IsoDate.class,
      description =
          "Run it for that date, such as 2026-03-29, whether or not that has been done (empty: as if not given).")
  private @Nullable LocalDate date;

  @Mixin private IntervalOptions interval;

  @Option(
      names = "--no-catch-up",
      description = "Leave runs that were missed before the current one to a later start.")
  private boolean noCatchUp;

  @Option(names = "--dry-run", description = "Only show what would be run and given up.")
  private boolean dryRun;

  @Option(
      names = "--back-off",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description =
          "The pause before the first repetition; twice as long each time, 15m at most, and a random part of it (default: ${DEFAULT-VALUE}).")
  private String backOff = "";

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description =
          "Take this as the time that decides what is due, such as 2026-03-29T03:00:00Z: for drills.")
  private @Nullable String at;

  @Spec private CommandSpec command;

  private Programs programs = new SameProgram(MAIN);

  /** Starts steps otherwise than as processes of this program. */
  public void startStepsBy(Programs others) {
    programs = others;
  }

  @Override
  public Integer call() throws InterruptedException {
    JobsFile file = jobs.read();
    Instant now = now();
    PrintWriter out = command.commandLine().getOut();
    if (name == null || name.isBlank()) {
      out.print(JobTable.of(file, now));
      out.flush();
      return 0;
    }
    ScheduledJob job = file.job(name);
    Optional<BusinessInterval> range = interval.read();
    if (range.isPresent() && !job.hasRange()) {
      throw new InputException(
          "--from and --to",
          "job " + job.name() + " has no range of dates",
          "Leave them out; --for DATE runs it for a date");
    }
    if (range.isEmpty() && job.hasRange() && job.range().isEmpty()) {
      throw new InputException(
          "--from and --to",
          "are missing: job " + job.name() + " needs a range of dates",
          "Give --from D (inclusive) and --to D (exclusive)");
    }
    StopSwitch stop = new StopSwitch();
    JobStart start = start(file, job, now, range, stop);
    if (dryRun) {
      show(job, start.plan(), run -> dates(file, job, run, range));
      return 0;
    }
    Thread hook = new Thread(() -> end(stop), "end-step");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return start.run();
    } finally {
      remove(hook);
    }
  }

  private JobStart start(
      JobsFile file,
      ScheduledJob job,
      Instant now,
      Optional<BusinessInterval> range,
      StopSwitch stop) {
    return new JobStart(
        job,
        file.state(),
        heartbeats -> plan(file, job, heartbeats, now, range.isPresent()),
        run -> dates(file, job, run, range),
        new JobSurroundings(
            new Heartbeats(file.state()),
            programs,
            new BackOff(pause(), LONGEST_PAUSE, () -> ThreadLocalRandom.current().nextDouble()),
            Clock.systemUTC(),
            stop,
            command.commandLine().getOut(),
            command.commandLine().getErr()));
  }

  private DuePlan plan(
      JobsFile file, ScheduledJob job, List<Heartbeat> heartbeats, Instant now, boolean asked) {
    if (date != null) {
      return DuePlan.on(job, date, file.zone(), now);
    }
    return asked ? DuePlan.person(now) : DuePlan.now(job, heartbeats, now, !noCatchUp);
  }

  private static RunDates dates(
      JobsFile file, ScheduledJob job, DueRun run, Optional<BusinessInterval> range) {
    LocalDate today = LocalDate.ofInstant(run.due(), file.zone());
    return range
        .map(r -> new RunDates(today, Optional.of(r.from()), Optional.of(r.to())))
        .orElseGet(() -> RunDates.of(today, job.range()));
  }

  private void show(ScheduledJob job, DuePlan plan, Function<DueRun, RunDates> dates) {
    PrintWriter out = command.commandLine().getOut();
    plan.skipped().forEach(s -> out.printf("due %s is given up: %s%n", s.due(), s.reason()));
    for (DueRun run : plan.runs()) {
      out.printf("due %s (%s):%n", run.due(), run.startedBy());
      job.steps().forEach(step -> out.printf("  %s%n", dates.apply(run).fill(step)));
    }
    out.flush();
  }

  private Instant now() {
    if (at == null || at.isBlank()) {
      return Instant.now();
    }
    try {
      return Instant.parse(at);
    } catch (DateTimeException e) {
      throw new InputException(
          "--at", "\"" + at + "\" is no instant", "Write it as 2026-03-29T03:00:00Z");
    }
  }

  private Duration pause() {
    try {
      return Scalars.duration().apply(backOff);
    } catch (InputException e) {
      throw e.at("--back-off");
    }
  }

  private static void end(StopSwitch stop) {
    try {
      stop.stop();
      stop.awaitEnd(LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends, and the hook has done its work.
    }
  }
}
