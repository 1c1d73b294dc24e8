package io.autopulse.operations.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one due run of a job.
 *
 * @param job the job's name
 * @param due when it was due, to the second; of a run that a person started, when he did
 * @param startedAt when its first attempt started
 * @param endedAt when it ended; none while it runs
 * @param outcome how it stands
 * @param exitCode the exit code of the last attempt; 0 while it runs
 * @param attempts how many attempts were made, the current one included
 * @param runIds the runs of the warehouse that its steps made, in order
 * @param message why it failed or was given up; empty otherwise
 * @param startedBy {@code schedule}, {@code catch-up} or {@code person}
 * @param host the machine it runs on
 * @param processId the process that looks after it there
 */
public record Heartbeat(
    String job,
    Instant due,
    Instant startedAt,
    Optional<Instant> endedAt,
    Outcome outcome,
    int exitCode,
    int attempts,
    List<String> runIds,
    String message,
    String startedBy,
    String host,
    long processId) {
  /** Keeps its own copy. */
  public Heartbeat {
    runIds = List.copyOf(runIds);
  }

  /** Returns the run as one whose process is gone before it ended. */
  Heartbeat lost() {
    return new Heartbeat(
        job,
        due,
        startedAt,
        endedAt,
        Outcome.FAILED,
        1,
        attempts,
        runIds,
        "process "
            + processId
            + " on "
            + host
            + " is gone: it was killed, or the machine went down",
        startedBy,
        host,
        processId);
  }
}
