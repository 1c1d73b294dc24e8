package io.autopulse.sink.publish;

import io.autopulse.warehouse.runs.FeedCounts;
import java.util.List;

/**
 * What a publication did, or why it did nothing.
 *
 * @param runId the run
 * @param published whether the target holds the run's tables now
 * @param audits every audit's result, in the order they ran
 * @param feeds the counts a feed
 * @param salesMoved sales that an earlier run published on a day outside the covered dates and that
 *     are on a covered day now: the KPI windows they left are not restated by this run
 * @param auditSeconds how long the audits took
 * @param publishSeconds how long the transaction took; 0 if there was none
 */
public record PublishReport(
    String runId,
    boolean published,
    List<AuditResult> audits,
    List<FeedCounts> feeds,
    long salesMoved,
    double auditSeconds,
    double publishSeconds) {
  /** Copies the lists. */
  public PublishReport {
    audits = List.copyOf(audits);
    feeds = List.copyOf(feeds);
  }

  /** Returns the audits that failed. */
  public List<AuditResult> failures() {
    return audits.stream().filter(audit -> !audit.passed()).toList();
  }
}
