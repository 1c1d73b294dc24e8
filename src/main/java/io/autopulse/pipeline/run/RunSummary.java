package io.autopulse.pipeline.run;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.feed.AbsentKeys;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.sink.publish.PublishReport;
import io.autopulse.sink.staging.RejectedSales;
import io.autopulse.sink.staging.StagedRelations;
import io.autopulse.sink.staging.StagedRelations.AbsentKey;
import io.autopulse.sink.staging.StagedRelations.RejectedCount;
import io.autopulse.sink.staging.StagedRelations.UnknownIds;
import io.autopulse.sink.staging.StagedRelations.UnmappedCount;
import io.autopulse.sink.staging.StagedRelations.Withdrawal;
import io.autopulse.sink.staging.StagedTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
 * @param unknownTargets dealers, makes and models of targets that neither sales nor reference data
 *     have
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
    RejectedSales rejectedSales,
    List<UnmappedCount> unknownTargets) {
  /** Copies the lists. */
  public RunSummary {
    rejected = List.copyOf(rejected);
    unmapped = List.copyOf(unmapped);
    absentKeys = List.copyOf(absentKeys);
    withdrawals = List.copyOf(withdrawals);
    unknown = List.copyOf(unknown);
    unknownTargets = List.copyOf(unknownTargets);
  }

  /**
   * Returns the summary of a run that was published just now.
   *
   * @param runId the run
   * @param request what was asked for
   * @param job what it was run as
   * @param report what the publisher did
   * @param staged what the run staged
   * @param connection sees what is staged
   * @param pipelineSeconds the pipeline's wall time
   * @param seconds the whole run's wall time
   */
  public static RunSummary of(
      String runId,
      RunRequest request,
      BatchJob job,
      PublishReport report,
      StagedRelations staged,
      Connection connection,
      double pipelineSeconds,
      double seconds)
      throws SQLException {
    Manifest manifest = request.manifest();
    Set<StagedTable> tables = job.tables();
    boolean sales = tables.contains(StagedTable.SALE_VERSIONS);
    boolean rejected = report.feeds().stream().anyMatch(f -> f.rejected() > 0);
    boolean outOfRange = report.feeds().stream().anyMatch(f -> f.outOfRange() > 0);
    return new RunSummary(
        runId,
        manifest.job(),
        manifest.warehouse().toString(),
        job.requested(),
        job.covered(),
        report,
        request.replay().isPresent()
            ? staged.replayedCounts(connection)
            : staged.rejectedCounts(connection),
        tables.contains(StagedTable.UNMAPPED_NAMES) ? staged.unmappedNames(connection) : List.of(),
        outOfRange ? staged.outOfRange(connection) : Optional.empty(),
        pipelineSeconds,
        seconds,
        sales ? staged.unknownIds(connection, manifest.feeds().keySet()) : List.of(),
        AbsentKeys.notable(manifest.feeds(), report.feeds(), staged.absentKeys(connection)),
        staged.withdrawals(connection),
        sales && rejected ? staged.rejectedSales(connection) : RejectedSales.NONE,
        tables.contains(StagedTable.SALES_TARGETS) ? staged.unknownTargets(connection) : List.of());
  }
}
