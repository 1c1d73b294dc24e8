package io.autopulse.warehouse.runs;

/** Where a run stands: the {@code status} column of {@code load_runs}. */
public enum RunStatus {
  /** It has started and not ended. */
  RUNNING,
  /** Its tables are in the warehouse. */
  PUBLISHED,
  /** An audit failed: it published nothing. */
  REJECTED,
  /** It ended by an error: it published nothing. */
  FAILED,
  /** Its process is gone and never said how it ended: it published nothing. */
  ABANDONED
}
