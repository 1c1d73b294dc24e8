package io.autopulse.pipeline.feed;

import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.sink.staging.StagedRows;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.Staging;
import java.util.List;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Stages what became of the records of a pipeline's branches.
 *
 * @param staging where the run stages
 */
public record StagedFates(Staging staging) {
  /** Stages the rejected records and the counts of a branch. */
  public void stage(
      String branch, PCollection<RejectedRecord> rejected, PCollection<KV<String, Long>> counts) {
    rejected.apply(
        "Stage rejected records of " + branch,
        staging.rows(StagedTable.REJECTED_RECORDS, branch, StagedRows::rejectedRow));
    stage(branch, counts);
  }

  /** Stages the counts of a branch. */
  public void stage(String branch, PCollection<KV<String, Long>> counts) {
    counts.apply(
        "Stage counts of " + branch,
        staging.rows(
            StagedTable.COUNTS,
            branch,
            count -> List.of(count.getKey(), String.valueOf(count.getValue()))));
  }
}
