package io.autopulse.pipeline.run;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.sink.publish.PublishReport;
import io.autopulse.sink.staging.RejectedSales;
import io.autopulse.sink.staging.StagedRelations.AbsentKey;
import io.autopulse.sink.staging.StagedRelations.RejectedCount;
import io.autopulse.sink.staging.StagedRelations.UnknownIds;
import io.autopulse.sink.staging.StagedRelations.UnmappedCount;
import io.autopulse.sink.staging.StagedRelations.Withdrawal;
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
 * @param withdrawals periods of registrations that a later extract lacks, and records that none can
 *     withdraw
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
    List<Withdrawal> withdrawals,
    RejectedSales rejectedSales) {
  /** Copies the lists. */
  public RunSummary {
    rejected = List.copyOf(rejected);
    unmapped = List.copyOf(unmapped);
    absentKeys = List.copyOf(absentKeys);
    withdrawals = List.copyOf(withdrawals);
    unknown = List.copyOf(unknown);
  }
}
