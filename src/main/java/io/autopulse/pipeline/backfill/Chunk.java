package io.autopulse.pipeline.backfill;

import io.autopulse.domain.run.PublishedRun;
import io.autopulse.domain.run.PublishedRuns.Expectation;
import io.autopulse.domain.sale.BusinessInterval;
import java.util.Optional;

/**
 * A part of a backfill: a run of its own.
 *
 * @param number counted from 1
 * @param dates the business dates asked for
 * @param published the run that has published it already; empty if it is to be computed
 * @param expected what its run is expected to take; empty if the job has no history
 */
public record Chunk(
    int number,
    BusinessInterval dates,
    Optional<PublishedRun> published,
    Optional<Expectation> expected) {
  /** Tells whether its run replaces windows that another chunk's replaces too. */
  boolean shares(Chunk other) {
    return dates.alignedOutward().overlaps(other.dates.alignedOutward());
  }
}
