package io.autopulse.operations.job;

import io.autopulse.operations.schedule.Heartbeat;
import io.autopulse.operations.schedule.Outcome;
import io.autopulse.operations.schedule.RunDates;
import io.autopulse.operations.schedule.ScheduledJob;
import io.autopulse.warehouse.runs.RunningProcess;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One start of a job: takes its lock, gives up what is not made up for, and runs what is due, the
 * oldest first. A run that fails does not keep later ones from being made, unless its cause is one
 * that they share: it may pass, or the job is to end.
 */
public final class JobStart {
  private final ScheduledJob job;
  private final Path state;
  private final Function<List<Heartbeat>, DuePlan> planning;
  private final Function<DueRun, RunDates> dates;
  private final JobSurroundings surroundings;

  /**
   * Prepares a start.
   *
   * @param state the folder of heartbeats and locks
   * @param planning makes the plan from what became of earlier runs
   * @param dates the dates of a run
   */
  public JobStart(
      ScheduledJob job,
      Path state,
      Function<List<Heartbeat>, DuePlan> planning,
      Function<DueRun, RunDates> dates,
      JobSurroundings surroundings) {
    this.job = job;
    this.state = state;
    this.planning = planning;
    this.dates = dates;
    this.surroundings = surroundings;
  }

  /**
   * Runs; returns the exit code: 0, or that of the first run that failed.
   *
   * @throws io.autopulse.domain.problem.TransientException if another process runs the job
   */
  public int run() throws InterruptedException {
    try (JobLock lock = JobLock.of(state, job.name())) {
      boolean wasDue = false;
      if (!lock.tryTake()) {
        wasDue = plan().isScheduled();
        lock.await(job.waitForLock(), surroundings);
      }
      DuePlan plan = plan();
      if (wasDue && !plan.isScheduled()) {
        surroundings.say("nothing is left to do: the process before has run what was due");
        return 0;
      }
      plan.skipped().forEach(this::giveUp);
      surroundings.heartbeats().deleteOld(job.name());
      return run(plan.runs(), lock);
    } finally {
      surroundings.stop().end();
    }
  }

  /** Returns what a start would run and give up. */
  public DuePlan plan() {
    return planning.apply(surroundings.heartbeats().of(job.name()));
  }

  private int run(List<DueRun> runs, JobLock lock) throws InterruptedException {
    int exitCode = 0;
    for (DueRun run : runs) {
      surroundings.say(job.name() + ", due " + run.due() + " (" + run.startedBy() + ")");
      Attempt last = new JobRun(job, run, dates.apply(run), surroundings, lock::holder).run();
      exitCode = exitCode == 0 ? last.exitCode() : exitCode;
      if (last.isWorthRepeating() || surroundings.stop().isStopped()) {
        return last.exitCode();
      }
    }
    return exitCode;
  }

  private void giveUp(DuePlan.Skipped skipped) {
    surroundings.say("due " + skipped.due() + " is given up: " + skipped.reason());
    RunningProcess process = RunningProcess.current();
    Instant now = surroundings.now();
    surroundings
        .heartbeats()
        .write(
            new Heartbeat(
                job.name(),
                skipped.due(),
                now,
                Optional.of(now),
                Outcome.SKIPPED,
                0,
                0,
                List.of(),
                skipped.reason(),
                DueRun.CATCH_UP,
                process.host(),
                process.processId()));
  }
}
