package io.autopulse.operations.job;

import io.autopulse.operations.schedule.CatchUp;
import io.autopulse.operations.schedule.Heartbeat;
import io.autopulse.operations.schedule.Heartbeats;
import io.autopulse.operations.schedule.Outcome;
import io.autopulse.operations.schedule.Schedule;
import io.autopulse.operations.schedule.ScheduledJob;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which runs of a job a start makes, and which it gives up.
 *
 * @param runs the runs to make, the oldest first
 * @param skipped the runs that were missed and are not made up for, with the reason
 */
public record DuePlan(List<DueRun> runs, List<Skipped> skipped) {
  /** A scheduler whose clock is behind ours starts a job a moment before it is due. */
  private static final Duration EARLY = Duration.ofMinutes(1);

  /** So many missed runs are recorded; a job of minutes that rested for a year has no more. */
  private static final int MOST_SKIPPED = 1_000;

  /**
   * A run that was missed and is not made up for.
   *
   * @param due when it was due
   * @param reason why it is not
   */
  public record Skipped(Instant due, String reason) {}

  /** Keeps its own copies. */
  public DuePlan {
    runs = List.copyOf(runs);
    skipped = List.copyOf(skipped);
  }

  /**
   * Returns what is due now. If nothing is, a person asks for a run, which is due now.
   *
   * @param heartbeats of the job; what RUNNING ones say is over, for the job's lock is held
   * @param catchUp whether runs before the current one are made up for
   */
  public static DuePlan now(
      ScheduledJob job, List<Heartbeat> heartbeats, Instant now, boolean catchUp) {
    Optional<Instant> current = job.schedule().flatMap(s -> s.previous(now.plus(EARLY)));
    if (current.isEmpty()) {
      return person(now);
    }
    Map<Instant, Outcome> known =
        heartbeats.stream().collect(Collectors.toMap(Heartbeat::due, Heartbeat::outcome));
    List<Instant> open = open(job.schedule().get(), heartbeats, known, current.get(), catchUp);
    DuePlan plan = caughtUp(job, known, open, now, current.get());
    return plan.runs().isEmpty() ? new DuePlan(person(now).runs(), plan.skipped()) : plan;
  }

  /** Returns the plan of a run that a person asks for now. */
  public static DuePlan person(Instant now) {
    return new DuePlan(
        List.of(new DueRun(now.truncatedTo(ChronoUnit.SECONDS), DueRun.PERSON)), List.of());
  }

  /** Returns the plan of one run on a date: that of the schedule if one is due on it. */
  public static DuePlan on(ScheduledJob job, LocalDate date, ZoneId zone, Instant now) {
    List<Instant> fires =
        job.schedule()
            .map(
                schedule ->
                    schedule.between(
                        date.atStartOfDay(zone).toInstant().minusMillis(1),
                        date.plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1)))
            .orElse(List.of());
    Instant due =
        fires.stream()
            .filter(fire -> !fire.isAfter(now.plus(EARLY)))
            .reduce((a, b) -> b)
            .or(() -> fires.stream().findFirst())
            .orElseGet(() -> date.atTime(LocalTime.NOON).atZone(zone).toInstant());
    return new DuePlan(List.of(new DueRun(due, DueRun.PERSON)), List.of());
  }

  /** Tells whether a schedule, and not a person, asks for these runs. */
  public boolean isScheduled() {
    return runs.stream().noneMatch(run -> run.startedBy().equals(DueRun.PERSON));
  }

  /** Returns the due times that have neither succeeded nor been given up, up to the current one. */
  private static List<Instant> open(
      Schedule schedule,
      List<Heartbeat> heartbeats,
      Map<Instant, Outcome> known,
      Instant current,
      boolean catchUp) {
    // Nothing was missed before the job ran for the first time.
    Instant first = heartbeats.isEmpty() ? current : heartbeats.get(0).due();
    Instant reach = current.minus(Heartbeats.KEPT);
    Instant from = first.isAfter(reach) ? first : reach;
    return schedule.between((catchUp ? from : current).minusSeconds(1), current).stream()
        .filter(due -> !isOver(known.get(due)))
        .toList();
  }

  private static boolean isOver(@Nullable Outcome outcome) {
    return outcome == Outcome.SUCCEEDED || outcome == Outcome.SKIPPED;
  }

  private static DuePlan caughtUp(
      ScheduledJob job,
      Map<Instant, Outcome> known,
      List<Instant> open,
      Instant now,
      Instant current) {
    Function<Instant, Optional<String>> rule = reasonToSkip(job, open, now, current);
    List<DueRun> runs = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    for (Instant due : open) {
      Optional<String> reason = rule.apply(due);
      if (reason.isEmpty()) {
        boolean isNew = due.equals(current) && !known.containsKey(due);
        runs.add(new DueRun(due, isNew ? DueRun.SCHEDULE : DueRun.CATCH_UP));
      } else if (!known.containsKey(due)) {
        skipped.add(new Skipped(due, reason.get()));
      }
    }
    return new DuePlan(
        runs, skipped.subList(Math.max(0, skipped.size() - MOST_SKIPPED), skipped.size()));
  }

  private static Function<Instant, Optional<String>> reasonToSkip(
      ScheduledJob job, List<Instant> open, Instant now, Instant current) {
    if (job.catchUp() == CatchUp.LAST || open.isEmpty()) {
      return due -> due.equals(current) ? Optional.empty() : Optional.of("a later run covers it");
    }
    int limit = job.catchUpLimit();
    Instant oldest = now.minus(Duration.ofDays(limit));
    Instant earliest = open.get(Math.max(0, open.size() - limit));
    return due -> {
      if (due.isBefore(oldest) && !due.equals(current)) {
        return Optional.of("it was missed more than " + limit + " days ago");
      }
      return due.isBefore(earliest)
          ? Optional.of("more than " + limit + " runs were missed")
          : Optional.empty();
    };
  }
}
