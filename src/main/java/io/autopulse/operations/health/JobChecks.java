package io.autopulse.operations.health;

import io.autopulse.domain.health.Symptom;
import io.autopulse.domain.problem.InputException;
import io.autopulse.operations.schedule.CatchUp;
import io.autopulse.operations.schedule.Heartbeat;
import io.autopulse.operations.schedule.Heartbeats;
import io.autopulse.operations.schedule.JobsFile;
import io.autopulse.operations.schedule.Outcome;
import io.autopulse.operations.schedule.ScheduledJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares the heartbeats of jobs with their schedules. Reads no warehouse. */
final class JobChecks {
  /** So many jobs that all did not start are no fault of the jobs. */
  private static final int SCHEDULER_JOBS = 3;

  /** A job's heartbeats grow for years; the last of each kind of finding is among these. */
  private static final int DAYS_READ = 35;

  private final JobsFile jobs;
  private final Duration grace;
  private final Findings findings;
  private final Heartbeats all;
  private final Map<String, List<Heartbeat>> heartbeats = new LinkedHashMap<>();

  JobChecks(JobsFile jobs, Duration grace, Findings findings) {
    this.jobs = jobs;
    this.grace = grace;
    this.findings = findings;
    this.all = new Heartbeats(jobs.state());
    for (ScheduledJob job : jobs.jobs()) {
      try {
        heartbeats.put(job.name(), recent(job));
      } catch (InputException e) {
        findings.add(
            Symptom.JOB_FAILED,
            HealthConfig.job(job.name()),
            "its heartbeats cannot be read: " + e.getMessage(),
            "Delete the damaged file: that run then counts as not made");
      }
    }
  }

  private List<Heartbeat> recent(ScheduledJob job) {
    Instant from = findings.at().minus(Duration.ofDays(Math.max(DAYS_READ, job.catchUpLimit())));
    List<Heartbeat> beats = all.since(job.name(), from);
    return (beats.isEmpty() ? all.latest(job.name()).stream() : beats.stream())
        .filter(beat -> !beat.startedAt().isAfter(findings.at()))
        .toList();
  }

  /**
   * Returns since when runs are expected: the first look at the health, or the first heartbeat, if
   * that was earlier.
   */
  Instant knownSince(Instant firstLook) {
    return heartbeats.keySet().stream()
        .flatMap(job -> all.firstDue(job).stream())
        .min(Comparator.naturalOrder())
        .filter(first -> first.isBefore(firstLook))
        .orElse(firstLook);
  }

  /** Looks at every job that has readable heartbeats. */
  void check(Instant knownSince) {
    List<Instant> notStarted = new ArrayList<>();
    for (ScheduledJob job : jobs.jobs()) {
      List<Heartbeat> beats = heartbeats.get(job.name());
      if (beats == null) {
        continue;
      }
      succeeded(job, beats);
      missed(job, beats, knownSince)
          .ifPresent(
              due -> {
                notStarted(job, beats, due);
                due(job).ifPresent(notStarted::add);
              });
      if (!beats.isEmpty()) {
        ended(job, beats.get(beats.size() - 1));
      }
    }
    if (notStarted.size() >= SCHEDULER_JOBS && nothingStartedSince(notStarted)) {
      findings.add(
          Symptom.SCHEDULER_DOWN,
          HealthConfig.SCHEDULER,
          "none of the " + notStarted.size() + " jobs that were due last has started",
          "Start the scheduler (Rundeck, cron or systemd); the jobs then catch up by themselves",
          Collections.min(notStarted));
    }
  }

  private boolean nothingStartedSince(List<Instant> notStarted) {
    Instant first = Collections.min(notStarted);
    return heartbeats.values().stream()
        .flatMap(List::stream)
        .allMatch(beat -> beat.startedAt().isBefore(first));
  }

  /** Returns when the job was last due, its grace over. */
  private Optional<Instant> due(ScheduledJob job) {
    return job.schedule().flatMap(schedule -> schedule.previous(findings.at().minus(grace)));
  }

  private Optional<Instant> missed(ScheduledJob job, List<Heartbeat> beats, Instant knownSince) {
    Optional<Instant> last = due(job).filter(due -> due.isAfter(knownSince));
    if (last.isEmpty() || onlyLooks(job)) {
      return Optional.empty();
    }
    Set<Instant> made = beats.stream().map(Heartbeat::due).collect(Collectors.toSet());
    if (job.catchUp() == CatchUp.LAST) {
      return last.filter(due -> made.stream().allMatch(other -> other.isBefore(due)));
    }
    Instant oldest = findings.at().minus(Duration.ofDays(job.catchUpLimit()));
    Instant from = oldest.isAfter(knownSince) ? oldest : knownSince;
    return job.schedule().orElseThrow().between(from, last.get()).stream()
        .filter(due -> !made.contains(due))
        .findFirst();
  }

  private void notStarted(ScheduledJob job, List<Heartbeat> beats, Instant due) {
    boolean never = beats.isEmpty();
    findings.add(
        never ? Symptom.JOB_NEVER_STARTED : Symptom.JOB_MISSED,
        HealthConfig.job(job.name()),
        (never ? "has never started; it was due at " : "did not start when it was due at ") + due,
        "Look whether the scheduler has the job, then: autopulse job " + job.name(),
        due);
  }

  private void succeeded(ScheduledJob job, List<Heartbeat> beats) {
    beats.stream()
        .filter(beat -> beat.outcome() == Outcome.SUCCEEDED || hasLooked(job, beat))
        .reduce((first, second) -> second)
        .ifPresent(
            beat ->
                findings.measure(
                    Measure.of(
                        Measure.Name.JOB_SUCCESS_AGE_SECONDS,
                        "job",
                        job.name(),
                        Duration.between(beat.startedAt(), findings.at()).toSeconds())));
  }

  private void ended(ScheduledJob job, Heartbeat last) {
    String place = HealthConfig.job(job.name());
    boolean failed = last.outcome() == Outcome.FAILED || last.outcome() == Outcome.TIMED_OUT;
    if (last.outcome() == Outcome.RUNNING) {
      Duration limit =
          job.waitForLock()
              .plus(job.timeout().multipliedBy(Math.max(1, last.attempts())))
              .plus(grace);
      if (last.startedAt().plus(limit).isBefore(findings.at())) {
        findings.add(
            Symptom.JOB_OVERDUE,
            place,
            "runs since %s, process %d on %s; an attempt may take %s"
                .formatted(last.startedAt(), last.processId(), last.host(), text(job.timeout())),
            "Look what the process waits for; end it if it waits for nothing",
            last.startedAt());
      }
    } else if (failed && last.endedAt().isEmpty()) {
      findings.add(
          Symptom.JOB_GONE,
          place,
          last.message(),
          "Start it again: autopulse job " + job.name(),
          last.startedAt());
    } else if (failed && !hasLooked(job, last)) {
      findings.add(
          Symptom.JOB_FAILED,
          place,
          "ended with exit code %d after %d attempts%s"
              .formatted(
                  last.exitCode(),
                  last.attempts(),
                  last.message().isEmpty() ? "" : ": " + last.message()),
          "Correct what the message names, then: autopulse job " + job.name(),
          last.endedAt().orElse(last.startedAt()));
    }
  }

  /** A look that found something wrong is one that was made. */
  private static boolean hasLooked(ScheduledJob job, Heartbeat beat) {
    return beat.exitCode() == HealthReport.UNHEALTHY && onlyLooks(job);
  }

  /** The job that looks at health needs no heartbeat: a look is made right now. */
  private static boolean onlyLooks(ScheduledJob job) {
    return job.steps().stream()
        .allMatch(step -> !step.program() && step.words().get(0).equals("health"));
  }

  /** Returns a duration for people, such as {@code 2 h} or {@code 90 min}. */
  static String text(Duration duration) {
    long minutes = duration.toMinutes();
    if (minutes >= 2 * 1_440) {
      return minutes / 1_440 + " days";
    }
    return minutes >= 120 ? minutes / 60 + " h" : minutes + " min";
  }
}
