package io.autopulse.warehouse;

/**
 * What a check of a warehouse found out about one subject.
 *
 * @param subject what was looked at, such as {@code login}
 * @param outcome how it is
 * @param detail what was seen, or why it was not looked at
 * @param remedy what to do if it failed; else empty
 */
public record Finding(String subject, Outcome outcome, String detail, String remedy) {
  /** How a subject is. */
  public enum Outcome {
    /** As a run needs it. */
    OK,
    /** Not as a run needs it. */
    FAILED,
    /** Not looked at. */
    SKIPPED
  }

  /** Returns a finding that all is well. */
  public static Finding ok(String subject, String detail) {
    return new Finding(subject, Outcome.OK, detail, "");
  }

  /** Returns a finding that somebody must mend. */
  public static Finding failed(String subject, String problem, String remedy) {
    return new Finding(subject, Outcome.FAILED, problem, remedy);
  }

  /** Returns that a subject was not looked at, and why. */
  public static Finding skipped(String subject, String reason) {
    return new Finding(subject, Outcome.SKIPPED, reason, "");
  }
}
