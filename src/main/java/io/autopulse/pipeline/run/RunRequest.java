package io.autopulse.pipeline.run;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.manifest.Lookback;
import io.autopulse.pipeline.manifest.Manifest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What a person or a scheduler asks for.
 *
 * @param manifest the job
 * @param interval the business dates; empty for the manifest's lookback
 * @param replay the earlier run whose rejected records are read again, and which of them
 * @param version Autopulse's version
 * @param plan what the runs of one backfill have in common; empty for other runs
 */
public record RunRequest(
    Manifest manifest,
    Optional<BusinessInterval> interval,
    Optional<Replay> replay,
    String version,
    Optional<String> plan) {
  /** Makes the request of a run by itself. */
  public RunRequest(
      Manifest manifest,
      Optional<BusinessInterval> interval,
      Optional<Replay> replay,
      String version) {
    this(manifest, interval, replay, version, Optional.empty());
  }

  /**
   * Returns the business dates asked for.
   *
   * @param lookback how far back a run goes whose request has no dates
   * @param startedAt when the run started
   */
  public BusinessInterval requested(Lookback lookback, Instant startedAt) {
    return interval.orElseGet(
        () -> lookback.until(LocalDate.ofInstant(startedAt, manifest.timezone())));
  }

  /**
   * Rejected records to read again.
   *
   * @param runId the run that rejected them
   * @param code the only code to replay; empty for all
   */
  public record Replay(String runId, Optional<String> code) {}
}
