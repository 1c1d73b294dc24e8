package io.autopulse.operations.schedule;

import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Optional;

/**
 * A job that recurs.
 *
 * @param name small letters, digits and hyphens; also a name of folders and files
 * @param description what it does, a sentence
 * @param schedule when it is due; none if only people and workflows start it
 * @param steps its calls, one after the other; at least one
 * @param catchUp which missed runs are made up for
 * @param catchUpLimit at most so many missed runs, and none older than so many days; at least 1
 * @param timeout the longest time of one attempt
 * @param retries how many attempts may follow the first, for transient causes only
 * @param waitForLock how long to wait for another run of the same job to end
 * @param range how long the range is that ends on the due date, for jobs whose steps have one
 */
public record ScheduledJob(
    String name,
    String description,
    Optional<Schedule> schedule,
    List<Step> steps,
    CatchUp catchUp,
    int catchUpLimit,
    Duration timeout,
    int retries,
    Duration waitForLock,
    Optional<Period> range) {
  /** Checks that what must be there is, and that a due run knows its range. */
  public ScheduledJob {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a job has at least one step");
    }
    if (catchUpLimit < 1 || retries < 0 || timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          "catch_up_limit and timeout are at least 1, retries at least 0");
    }
    if (schedule.isPresent() && range.isEmpty() && steps.stream().anyMatch(Step::hasRange)) {
      throw new IllegalArgumentException(
          "uses {from} or {to}, and needs a range when it is due: write range: 7d");
    }
  }

  /** Tells whether a run of the job has a range of dates. */
  public boolean hasRange() {
    return steps.stream().anyMatch(Step::hasRange);
  }
}
