package io.autopulse.sink;

import java.util.Collection;

/** Where the runs of a warehouse stage. */
public interface StagingArea {
  /**
   * Returns the staging of a run.
   *
   * @param runId the run
   * @param bytes the size of the sales that the run reads; 0 if unknown, as of a database
   */
  Staging staging(String runId, long bytes);

  /** Deletes what a run staged. */
  void delete(String runId);

  /**
   * Deletes what all runs but those named staged: what rejected, failed and abandoned runs left
   * behind.
   */
  void deleteAllBut(Collection<String> runIds);
}
