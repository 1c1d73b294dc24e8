package io.autopulse.warehouse.runs;

import io.autopulse.domain.sale.BusinessInterval;
import java.time.Instant;

/**
 * What is known of a run when it starts.
 *
 * @param runId the run, as in {@link RunId}
 * @param job the manifest's job
 * @param interval the business dates asked for
 * @param startedAt when it started
 * @param runner the runner's name
 * @param version Autopulse's version
 */
public record RunStart(
    String runId,
    String job,
    BusinessInterval interval,
    Instant startedAt,
    String runner,
    String version) {
  /** Checks the run id. */
  public RunStart {
    RunId.check(runId);
  }
}
