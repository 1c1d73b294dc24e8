package io.autopulse.sink.staging;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Where the runs of a warehouse stage. */
public interface StagingArea {
  /** What a run's id looks like: nothing that is not named so is ever deleted. */
  String RUN_ID = "r\\d{8}_\\d{6}_[0-9a-f]{6}";

  /**
   * Returns the staging of a run.
   *
   * @param runId the run
   * @param bytes how many bytes the run reads; 0 if unknown, as of a database
   * @param tables what the run stages
   */
  Staging staging(String runId, long bytes, Set<StagedTable> tables);

  /** Deletes what a run staged. */
  void delete(String runId);

  /**
   * Deletes what all runs but those that go on staged: what rejected, failed and abandoned runs
   * left behind.
   *
   * @param running gives the ids of the runs that go on; asked after looking what is there, so that
   *     a run that starts meanwhile keeps its staging
   */
  void deleteAllBut(Supplier<List<String>> running);
}
