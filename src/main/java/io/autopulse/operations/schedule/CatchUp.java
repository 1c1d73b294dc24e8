package io.autopulse.operations.schedule;

/** Which of the due runs that were missed are made up for. */
public enum CatchUp {
  /** The last one: it covers what the ones before it would have done. */
  LAST,
  /** Each of them, the oldest first. */
  ALL
}
