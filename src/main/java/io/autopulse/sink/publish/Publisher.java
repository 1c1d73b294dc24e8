package io.autopulse.sink.publish;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.TransientCause;
import io.autopulse.domain.problem.TransientException;
import io.autopulse.domain.run.PublishedRun;
import io.autopulse.sink.staging.ReplayedRecords;
import io.autopulse.sink.staging.StagingNames;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.StatementListener;
import io.autopulse.warehouse.Transaction;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.runs.FeedCounts;
import io.autopulse.warehouse.runs.RunHistory;
import io.autopulse.warehouse.runs.RunLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Audits what a run has staged, and publishes it in one transaction: a reader sees the tables
 * before the run or after it, never a mix, and a process killed anywhere leaves the tables as they
 * were. Runs that publish at once take turns; one that was audited before another published is
 * audited again. A run repeated with the same input and interval gives the same tables, apart from
 * {@code run_id} and {@code computed_at}.
 *
 * <p>The staging relations of {@link StagingNames} must be visible on the publisher's connection.
 * They are not dropped here: whoever made them keeps or drops them.
 */
public final class Publisher {
  /** How often a run is audited again because another one published meanwhile. */
  private static final int ATTEMPTS = 3;

  private final Connection connection;
  private final Clock clock;
  private final StatementListener listener;

  /**
   * Makes a publisher.
   *
   * @param connection a connection to a migrated warehouse ({@link Warehouse#connect()}), in
   *     auto-commit mode, that sees the staging
   * @param clock gives {@code computed_at} and {@code ended_at}
   */
  public Publisher(Connection connection, Clock clock) {
    this(connection, clock, step -> {});
  }

  /** For tests: a publisher that is watched. */
  Publisher(Connection connection, Clock clock, StatementListener listener) {
    this.connection = connection;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Audits and publishes a run, whatever was published since it began.
   *
   * @param request what is staged, and what it replaces
   */
  public PublishReport publish(Publication request) {
    return publish(request, Basis.UNKNOWN);
  }

  /**
   * Audits and publishes a run, unless another one has overtaken it.
   *
   * @param request what is staged, and what it replaces
   * @param basis what it was computed from
   * @return what was published
   * @throws AuditFailedException if an audit failed: the run is logged as REJECTED, everything else
   *     is as it was
   * @throws OvertakenException if another run has published some of its windows since, from what
   *     may be newer: everything is as it was
   * @throws TransientException if other runs published each time that this one was audited, or
   *     another one did not end its publication in time
   * @throws InputException if the run id was published before
   * @throws WarehouseException if a statement failed: everything is as it was
   */
  public PublishReport publish(Publication request, Basis basis) {
    Instant now = clock.instant();
    Session session = new Session(connection, names(request, now));
    try {
      refuseSecondPublication(session, request);
      long started = System.nanoTime();
      try (AuditTables tables = new AuditTables(session, request.auditTables())) {
        tables.make();
        List<FeedCounts> feeds = feeds(session, request);
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
          // Counted first: whatever publishes after this look is found by the transaction.
          long publications = publications(session);
          refuseOvertaken(request, basis);
          List<AuditResult> audits = audit(session, request);
          PublishReport audited =
              new PublishReport(request.runId(), false, audits, feeds, 0, secondsSince(started), 0);
          if (!audited.failures().isEmpty()) {
            throw reject(session, request, basis, audited);
          }
          Optional<PublishReport> published =
              publish(session, request, basis, audited, publications);
          if (published.isPresent()) {
            return published.get();
          }
        }
        throw new TransientException(
            "run " + request.runId(),
            "other runs published while this one was audited, " + ATTEMPTS + " times",
            "Run it again when they have ended");
      }
    } catch (SQLException e) {
      throw new WarehouseException("publish run " + request.runId(), e);
    }
  }

  private static void refuseSecondPublication(Session session, Publication request)
      throws SQLException {
    if (session.any(sql("run-is-published"))) {
      throw new InputException(
          "run " + request.runId(), "it was published before", "A new run needs a new run id");
    }
  }

  private void refuseOvertaken(Publication request, Basis basis) throws SQLException {
    if (request.replaces().isEmpty() || basis.publishedBefore().isEmpty()) {
      return;
    }
    Optional<PublishedRun> overtaking = basis.overtaking(request, RunHistory.of(connection));
    if (overtaking.isPresent()) {
      throw new OvertakenException(request.runId(), overtaking.get());
    }
  }

  private static List<AuditResult> audit(Session session, Publication request) throws SQLException {
    List<AuditResult> results = new ArrayList<>();
    for (Audit audit : request.audits()) {
      results.add(audit.check(session));
    }
    return results;
  }

  private static List<FeedCounts> feeds(Session session, Publication request) throws SQLException {
    List<FeedCounts> feeds =
        session.query(
            sql("feeds"),
            row ->
                new FeedCounts(
                    String.valueOf(row.getString(1)),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getLong(8),
                    row.getLong(9),
                    Stream.of(row.getString(10), row.getString(11))
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList(),
                    row.getLong(12)));
    Set<String> counted = feeds.stream().map(FeedCounts::feed).collect(Collectors.toSet());
    Stream<FeedCounts> empty =
        request.feeds().keySet().stream()
            .filter(feed -> !counted.contains(feed))
            .map(feed -> new FeedCounts(feed, 0, 0, 0, 0, 0, 0, 0, 0, List.of(), 0));
    // What was read back is there already.
    return Stream.concat(feeds.stream(), empty)
        .sorted(Comparator.comparing(FeedCounts::feed))
        .map(feed -> request.readsBack(feed.feed()) ? feed.unpublished() : feed)
        .toList();
  }

  private AuditFailedException reject(
      Session session, Publication request, Basis basis, PublishReport audited)
      throws SQLException {
    PublishReport rejected =
        new PublishReport(
            request.runId(),
            false,
            audited.audits(),
            audited.feeds().stream().map(FeedCounts::unpublished).toList(),
            0,
            audited.auditSeconds(),
            0);
    new RunRecord(session, request, basis, clock).reject(rejected);
    return new AuditFailedException(rejected, request.staging());
  }

  /**
   * Publishes what was audited, unless another run has published since.
   *
   * @param publications how many runs had published before the audits
   * @return what was published; empty if the audits must be done again
   */
  private Optional<PublishReport> publish(
      Session session, Publication request, Basis basis, PublishReport audited, long publications)
      throws SQLException {
    long started = System.nanoTime();
    AtomicLong moved = new AtomicLong();
    boolean published;
    try {
      published =
          Transaction.run(
              connection,
              () -> {
                listener.before("wait for the turn");
                waitForTurn(session, request);
                if (publications(session) != publications) {
                  return false;
                }
                moved.set(request.replace(session, listener));
                RejectedRows.replace(session, listener);
                listener.before("log the run");
                new RunRecord(session, request, basis, clock).publish(audited);
                listener.before("commit");
                return true;
              });
    } catch (SQLException e) {
      if (!isPublished(session, e)) {
        throw e;
      }
      published = true;
    }
    if (!published) {
      return Optional.empty();
    }
    listener.before("clean up");
    return Optional.of(
        new PublishReport(
            request.runId(),
            true,
            audited.audits(),
            audited.feeds(),
            moved.get(),
            audited.auditSeconds(),
            secondsSince(started)));
  }

  // Snowflake gives up when another transaction has kept its lock for the session's LOCK_TIMEOUT.
  private static void waitForTurn(Session session, Publication request) throws SQLException {
    try {
      session.execute(sql("wait-for-turn"));
    } catch (SQLException e) {
      if (!TransientCause.isKeptLock(e)) {
        throw e;
      }
      List<String> open =
          session.query(
              sql("other-open-runs"), row -> row.getString(1) + " of " + row.getString(2));
      throw new TransientException(
          "run " + request.runId(),
          "another publication keeps the warehouse locked. Runs that have not ended: "
              + (open.isEmpty() ? "none that is logged" : String.join(", ", open)),
          "Let it end, or stop it, and run this one again",
          e);
    }
  }

  // The answer to a commit may get lost: the log, which is a part of it, tells whether it was done.
  private static boolean isPublished(Session session, SQLException lost) {
    try {
      return session.connection().getAutoCommit() && session.any(sql("run-is-published"));
    } catch (SQLException e) {
      lost.addSuppressed(e);
      return false;
    }
  }

  private static long publications(Session session) throws SQLException {
    return session.number(RunLog.publications());
  }

  private static String sql(String name) {
    return SqlFile.read(Publisher.class, "publish/" + name);
  }

  private static double secondsSince(long started) {
    return (System.nanoTime() - started) / 1e9;
  }

  private static Map<String, String> names(Publication request, Instant now) {
    StagingNames staging = request.names();
    Map<String, String> names = new HashMap<>(request.relations());
    for (String table : List.of("rejected_records", "load_run_feeds")) {
      names.put(table, staging.relation(table));
    }
    for (AuditTable table : request.auditTables()) {
      names.put(table.name(), staging.audit(table.name()));
    }
    if (request.replays()) {
      names.putAll(ReplayedRecords.relations(staging));
    }
    names.put("core", Warehouse.SCHEMA);
    names.put("job", SqlNames.jobLiteral(request.job()));
    names.put("run_id", SqlNames.literal(request.runId()));
    names.put("now", SqlNames.literal(now));
    return names;
  }
}
