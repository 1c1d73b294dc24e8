package io.autopulse.operations.job;

import java.time.Instant;

/**
 * A run that is to be made.
 *
 * @param due when it is due
 * @param startedBy {@link #SCHEDULE}, {@link #CATCH_UP} or {@link #PERSON}
 */
public record DueRun(Instant due, String startedBy) {
  /** It is the current one of the schedule. */
  public static final String SCHEDULE = "schedule";

  /** It was missed, or has failed, and is made up for. */
  public static final String CATCH_UP = "catch-up";

  /** A person or a workflow asks for it. */
  public static final String PERSON = "person";
}
