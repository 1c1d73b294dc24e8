package io.autopulse.operations.rundeck;

import io.autopulse.domain.problem.InputException;
import io.autopulse.operations.schedule.Schedule;
import io.autopulse.operations.schedule.ScheduledJob;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** When jobs fire and how long they may take: as in jobs.yaml. */
final class ScheduleRules {
  /** Two years with a leap day; the year itself is compared as text. */
  private static final Instant FROM = Instant.parse("2027-01-01T00:00:00Z");

  private static final Instant TO = Instant.parse("2029-01-01T00:00:00Z");

  private ScheduleRules() {}

  /** Adds what is wrong with the times of a job. */
  static void check(
      JobFile job, Optional<ScheduledJob> own, ZoneId zone, List<InputException> problems) {
    if (!job.zone().equals(Optional.of(zone))) {
      problems.add(
          job.problem(
              "timeZone",
              "the clocks are not those of the jobs of Autopulse",
              "Write timeZone: " + zone));
    }
    Optional<Schedule> schedule = job.cron().map(cron -> Schedule.of(cron, zone));
    schedule
        .flatMap(Schedule::problem)
        .ifPresent(problem -> problems.add(problem.at(job.place("schedule"))));
    if (job.isWorkflow() && schedule.isPresent()) {
      problems.add(
          job.problem(
              "schedule",
              "starts jobs that have schedules of their own a second time",
              "Remove it: people start the workflow"));
    }
    own.ifPresent(
        scheduled -> {
          sameTimes(job, schedule, scheduled, problems);
          timeout(job, scheduled, problems);
        });
    if (job.timeout().isEmpty()) {
      problems.add(job.problem("timeout", "a run may take for ever", "Write timeout, such as 2h"));
    }
  }

  private static void sameTimes(
      JobFile job,
      Optional<Schedule> schedule,
      ScheduledJob scheduled,
      List<InputException> problems) {
    if (!schedule
        .map(ScheduleRules::times)
        .equals(scheduled.schedule().map(ScheduleRules::times))) {
      problems.add(
          job.problem(
              "schedule",
              shown(schedule)
                  + " is another schedule than that of jobs.yaml, by which misses are found",
              "Write " + shown(scheduled.schedule()) + " as there, or change jobs.yaml"));
    }
  }

  private static String shown(Optional<Schedule> schedule) {
    return schedule.map(s -> "\"" + s.cron() + "\"").orElse("none");
  }

  private record Times(List<Instant> ofDay, List<Instant> days, String year) {}

  /** Takes times and days apart: each day of a schedule has the same times on its clocks. */
  private static Times times(Schedule schedule) {
    String[] fields = schedule.cron().split("\\s+");
    String ofDay = String.join(" ", fields[0], fields[1], fields[2], "* * ? *");
    String days = String.join(" ", "0 0 12", fields[3], fields[4], fields[5], "*");
    return new Times(
        Schedule.of(ofDay, ZoneOffset.UTC).between(FROM, FROM.plus(Duration.ofDays(1))),
        Schedule.of(days, ZoneOffset.UTC).between(FROM, TO),
        fields[6]);
  }

  private static void timeout(JobFile job, ScheduledJob scheduled, List<InputException> problems) {
    Duration least =
        scheduled.waitForLock().plus(scheduled.timeout().multipliedBy(scheduled.retries() + 1L));
    if (job.timeout().isPresent() && job.timeout().get().compareTo(least) < 0) {
      problems.add(
          job.problem(
              "timeout",
              "ends the job before its own attempts are over",
              "Write at least "
                  + least.toMinutes()
                  + "m: wait_for_lock, and timeout for each attempt"));
    }
  }
}
