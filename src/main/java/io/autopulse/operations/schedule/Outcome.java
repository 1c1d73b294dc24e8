package io.autopulse.operations.schedule;

/** How a due run of a job stands. */
public enum Outcome {
  /** It has started and not ended. */
  RUNNING,
  /** Every step has ended with exit code 0. */
  SUCCEEDED,
  /** A step has failed, or its process is gone. */
  FAILED,
  /** It was ended because it took longer than its timeout. */
  TIMED_OUT,
  /** It was given up: a later run covers it, or it lies too far back. */
  SKIPPED
}
