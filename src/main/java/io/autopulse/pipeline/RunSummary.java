package io.autopulse.pipeline;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.sink.PublishReport;
import io.autopulse.sink.RejectedSales;
import io.autopulse.sink.StagedRelations.AbsentKey;
import io.autopulse.sink.StagedRelations.RejectedCount;
import io.autopulse.sink.StagedRelations.UnknownIds;
import io.autopulse.sink.StagedRelations.UnmappedCount;
import java.util.List;
import java.util.Optional;

/**
 * What a published run did.
 *
 * @param runId the run
 * @param job the manifest's job
 * @param warehouse where it was published
 * @param requested the business dates asked for
 * @param covered the business dates recomputed
 * @param report counts, audits and the publisher's seconds
 * @param rejected rejected records by feed and code
 * @param unmapped names of market feeds that the manifest's mappings do not know
 * @param outOfRange the dates of current versions outside the covered dates
 * @param pipelineSeconds the pipeline's wall time
 * @param seconds the whole run's wall time
 * @param unknown current sales of dealers and models that the reference feeds do not have
 * @param absentKeys keys that some records have and others lack, and those that the manifest names
 *     and records lack
 * @param rejectedSales published sales of which records were rejected
 */
public record RunSummary(
    String runId,
    String job,
    String warehouse,
    BusinessInterval requested,
    BusinessInterval covered,
    PublishReport report,
    List<RejectedCount> rejected,
    List<UnmappedCount> unmapped,
    Optional<BusinessInterval> outOfRange,
    double pipelineSeconds,
    double seconds,
    List<UnknownIds> unknown,
    List<AbsentKey> absentKeys,
    RejectedSales rejectedSales) {
  /** Copies the lists. */
  public RunSummary {
    rejected = List.copyOf(rejected);
    unmapped = List.copyOf(unmapped);
    absentKeys = List.copyOf(absentKeys);
    unknown = List.copyOf(unknown);
  }
}
