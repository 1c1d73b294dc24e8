package io.autopulse.domain.run;

import io.autopulse.domain.sale.BusinessInterval;
import java.time.Instant;
import java.util.Optional;

/**
 * A run that replaced windows of a table.
 *
 * @param runId the run
 * @param job the manifest's job
 * @param requested the business dates asked for
 * @param replaced the table
 * @param inputs what it was made of; empty if it is not known
 * @param publishedAt when it published
 * @param seconds its wall time
 * @param rowsRead records read, of all feeds
 */
public record PublishedRun(
    String runId,
    String job,
    BusinessInterval requested,
    String replaced,
    Optional<Inputs> inputs,
    Instant publishedAt,
    double seconds,
    long rowsRead) {
  /** Checks the counts. */
  public PublishedRun {
    if (seconds < 0 || rowsRead < 0) {
      throw new IllegalArgumentException(
          runId + " took " + seconds + " s and read " + rowsRead + " rows");
    }
  }

  /** Returns the business dates that it replaced. */
  public BusinessInterval covered() {
    return requested.alignedOutward();
  }

  @Override
  public String toString() {
    return "run " + runId + " of " + job + " (" + requested + ")";
  }
}
