package io.autopulse.operations.job;

import io.autopulse.domain.problem.ExitCode;
import io.autopulse.operations.schedule.Outcome;

/**
 * How an attempt ended.
 *
 * @param outcome {@code SUCCEEDED}, {@code FAILED} or {@code TIMED_OUT}
 * @param exitCode 0, or that of the step that failed as the command line of Autopulse means it
 * @param message why it failed; empty if it did not
 */
record Attempt(Outcome outcome, int exitCode, String message) {
  static Attempt succeeded() {
    return new Attempt(Outcome.SUCCEEDED, ExitCode.DONE, "");
  }

  /** Returns the attempt whose step ended with that code. */
  static Attempt failed(int stepCode, String message) {
    return new Attempt(Outcome.FAILED, ExitCode.ofStep(stepCode), message);
  }

  /** Tells whether the same attempt may succeed later. */
  boolean isWorthRepeating() {
    return exitCode == ExitCode.TRANSIENT;
  }
}
