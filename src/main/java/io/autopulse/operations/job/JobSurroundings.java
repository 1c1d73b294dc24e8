package io.autopulse.operations.job;

import io.autopulse.operations.schedule.Heartbeats;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a job runs in.
 *
 * @param heartbeats where it says how it stands
 * @param programs the processes of its steps
 * @param backOff the pauses between its attempts
 * @param clock gives the times at which attempts start and end
 * @param stop ends it from outside
 * @param out takes what steps print, and a line an attempt
 * @param err takes what steps say of their progress, and what the job says of its own
 */
public record JobSurroundings(
    Heartbeats heartbeats,
    Programs programs,
    BackOff backOff,
    Clock clock,
    StopSwitch stop,
    PrintWriter out,
    PrintWriter err) {
  /** Returns the time, as heartbeats hold it. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Says something to people. */
  void say(String message) {
    err.println("job: " + message);
    err.flush();
  }
}
