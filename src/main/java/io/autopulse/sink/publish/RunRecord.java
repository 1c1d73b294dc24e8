package io.autopulse.sink.publish;

import io.autopulse.domain.run.Inputs;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.Transaction;
import io.autopulse.warehouse.runs.FeedCounts;
import io.autopulse.warehouse.runs.RunColumns;
import io.autopulse.warehouse.runs.RunStatus;
import io.autopulse.warehouse.runs.RunningProcess;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code load_runs}, {@code load_run_feeds} and {@code load_run_audits} keep of a publication.
 */
final class RunRecord {
  private final Session session;
  private final Publication request;
  private final Basis basis;
  private final Clock clock;

  RunRecord(Session session, Publication request, Basis basis, Clock clock) {
    this.session = session;
    this.request = request;
    this.basis = basis;
    this.clock = clock;
  }

  /** Logs a published run, within the caller's transaction. */
  void publish(PublishReport report) throws SQLException {
    write(report, RunStatus.PUBLISHED, null);
  }

  /** Logs a rejected run, in a transaction of its own. */
  void reject(PublishReport report) throws SQLException {
    String failed = String.join(", ", report.failures().stream().map(AuditResult::audit).toList());
    Transaction.run(
        session.connection(),
        () -> {
          write(report, RunStatus.REJECTED, "audits failed: " + failed);
          return report;
        });
  }

  private void write(PublishReport report, RunStatus status, @Nullable String message)
      throws SQLException {
    // A run that was rejected may be audited again: what it left of itself is replaced.
    session.execute(sql("delete-feeds"));
    session.execute(sql("delete-audits"));
    for (FeedCounts feed : report.feeds()) {
      session.execute(
          sql("insert-feed"),
          List.of(
              feed.feed(),
              feed.read(),
              feed.accepted(),
              feed.rejected(),
              feed.duplicate(),
              feed.superseded(),
              feed.outOfRange(),
              feed.published(),
              feed.conflicting(),
              feed.skipped()));
    }
    for (AuditResult audit : report.audits()) {
      session.execute(sql("insert-audit"), List.of(audit.audit(), audit.passed(), audit.detail()));
    }
    end(status, message);
  }

  private void end(RunStatus status, @Nullable String message) throws SQLException {
    Instant now = clock.instant();
    String replaces = request.replaces().map(Publication.Replaced::table).orElse(null);
    String inputs = basis.inputs().map(Inputs::text).orElse(null);
    List<@Nullable Object> outcome =
        Arrays.asList(
            status.name(),
            RunColumns.from(request.requested()),
            RunColumns.to(request.requested()),
            SqlNames.utc(now),
            RunColumns.seconds(request.startedAt(), now),
            message,
            replaces,
            inputs);
    long updated = session.execute(sql("end-run"), outcome);
    if (updated == 0) {
      RunningProcess process = RunningProcess.current();
      session.execute(
          sql("insert-run"),
          Arrays.<@Nullable Object>asList(
              request.job(),
              status.name(),
              RunColumns.from(request.requested()),
              RunColumns.to(request.requested()),
              SqlNames.utc(request.startedAt()),
              SqlNames.utc(now),
              RunColumns.seconds(request.startedAt(), now),
              process.host(),
              process.processId(),
              request.version(),
              request.runner(),
              message,
              replaces,
              inputs));
    }
  }

  private static String sql(String name) {
    return SqlFile.read(RunRecord.class, "publish/" + name);
  }
}
