package io.autopulse.sink.publish.trend;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.sink.publish.AuditLimits;
import io.autopulse.sink.publish.Publication;
import io.autopulse.sink.publish.Publishing;
import io.autopulse.sink.staging.StagingNames;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.runs.RunId;
import java.time.Instant;
import java.util.Map;

/**
 * What a run of the weekly trends has staged and wants published: the trend features of the weeks
 * that it covers.
 *
 * @param runId the run, as in {@link StagingNames}
 * @param job the manifest's job
 * @param requested the business dates asked for
 * @param covered the business dates recomputed, whole weeks
 * @param limits how much may be wrong
 * @param startedAt when the run started
 * @param runner the runner's name
 * @param version Autopulse's version
 * @param staging where the staged files are, for the message of a failed audit
 */
public record TrendPublication(
    String runId,
    String job,
    BusinessInterval requested,
    BusinessInterval covered,
    AuditLimits limits,
    Instant startedAt,
    String runner,
    String version,
    String staging)
    implements Publication {
  /** Checks the run id. */
  public TrendPublication {
    RunId.check(runId);
  }

  /** Tells that sale versions are read from their core table. */
  @Override
  public boolean readsBack(String feed) {
    return true;
  }

  @Override
  public Map<String, String> relations() {
    return TrendPublishing.names(this);
  }

  @Override
  public Publishing open(Session session) {
    return new TrendPublishing(session);
  }
}
