package io.autopulse.operations.job;

import io.autopulse.operations.schedule.Outcome;

/**
 * How an attempt ended.
 *
 * @param outcome {@code SUCCEEDED}, {@code FAILED} or {@code TIMED_OUT}
 * @param exitCode 0, or that of the step that failed as the command line of Autopulse means it
 * @param message why it failed; empty if it did not
 */
record Attempt(Outcome outcome, int exitCode, String message) {
  /** Something unforeseen. */
  static final int UNFORESEEN = 1;

  /** A call, manifest or file to be corrected. */
  static final int INPUT = 2;

  /** An audit. */
  static final int AUDIT = 3;

  /** A cause that may pass. */
  static final int TRANSIENT = 4;

  /** What programs that are not ours say of a cause that may pass: EX_TEMPFAIL. */
  private static final int TEMPORARY_FAILURE = 75;

  static Attempt succeeded() {
    return new Attempt(Outcome.SUCCEEDED, 0, "");
  }

  /** Returns the attempt whose step ended with that code. */
  static Attempt failed(int stepCode, String message) {
    int code =
        switch (stepCode) {
          case INPUT, AUDIT, TRANSIENT -> stepCode;
          case TEMPORARY_FAILURE -> TRANSIENT;
          default -> UNFORESEEN;
        };
    return new Attempt(Outcome.FAILED, code, message);
  }

  /** Tells whether the same attempt may succeed later. */
  boolean isWorthRepeating() {
    return exitCode == TRANSIENT;
  }
}
