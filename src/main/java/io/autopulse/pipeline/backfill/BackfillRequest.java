package io.autopulse.pipeline.backfill;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.run.RunRequest;
import java.util.List;
import java.util.Optional;

/**
 * What a person or a scheduler asks of a backfill.
 *
 * @param manifest the job
 * @param range the business dates
 * @param byMonth whether each calendar month is a run of its own, or the range is one run
 * @param parallel how many runs are computed side by side at most, from 1
 * @param restart whether what is published already is computed again
 * @param version Autopulse's version
 */
public record BackfillRequest(
    Manifest manifest,
    BusinessInterval range,
    boolean byMonth,
    int parallel,
    boolean restart,
    String version) {
  /** Checks that something may be computed. */
  public BackfillRequest {
    if (parallel < 1) {
      throw new InputException(
          "--parallel", "is " + parallel, "Give 1 or more: how many chunks are computed at once");
    }
  }

  /** Returns the dates of each run, in order. */
  public List<BusinessInterval> chunks() {
    return byMonth ? range.months() : List.of(range);
  }

  /** Returns the request of the run over the dates of a chunk. */
  public RunRequest run(BusinessInterval dates) {
    String plan = range + (byMonth ? " by month" : " at once");
    return new RunRequest(
        manifest, Optional.of(dates), Optional.empty(), version, Optional.of(plan));
  }
}
