package io.autopulse.pipeline.run;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.manifest.Manifest;
import java.util.Optional;

/**
 * What a person or a scheduler asks for.
 *
 * @param manifest the job
 * @param interval the business dates; empty for the manifest's lookback
 * @param replay the earlier run whose rejected records are read again, and which of them
 * @param version Autopulse's version
 */
public record RefreshRequest(
    Manifest manifest,
    Optional<BusinessInterval> interval,
    Optional<Replay> replay,
    String version) {
  /**
   * Rejected records to read again.
   *
   * @param runId the run that rejected them
   * @param code the only code to replay; empty for all
   */
  public record Replay(String runId, Optional<String> code) {}
}
