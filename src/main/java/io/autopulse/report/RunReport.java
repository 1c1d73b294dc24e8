package io.autopulse.report;

import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.runs.FeedCounts;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run: how it went, its feeds, its audits and what it rejected.
 *
 * @param run how it went
 * @param feeds what became of its records, by feed
 * @param audits its audits, those that failed first
 * @param rejected its rejected records by code, the most frequent first
 */
public record RunReport(
    Run run, List<FeedCounts> feeds, List<AuditOutcome> audits, List<RejectedCode> rejected) {
  /**
   * How a run went.
   *
   * @param runId the run
   * @param job the manifest's job
   * @param status as in {@link io.autopulse.warehouse.runs.RunStatus}
   * @param from the first business date asked for; null of every date
   * @param to the business date after the last; null of every date
   * @param startedAt when it started
   * @param endedAt when it ended; null while it runs
   * @param seconds the wall time; null while it runs
   * @param host the machine
   * @param processId the process there
   * @param version Autopulse's version
   * @param runner the runner's name
   * @param message why it failed, or where it goes on; null of most
   */
  public record Run(
      String runId,
      String job,
      String status,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable BigDecimal seconds,
      @Nullable String host,
      @Nullable Long processId,
      @Nullable String version,
      @Nullable String runner,
      @Nullable String message) {}

  /**
   * What an audit found.
   *
   * @param audit its name
   * @param passed whether its rule holds
   * @param detail the rule, and what breaks it, in lines
   */
  public record AuditOutcome(String audit, boolean passed, String detail) {}

  /**
   * The records that a run rejected under one code.
   *
   * @param feed the feed
   * @param code as in {@link io.autopulse.domain.problem.RejectCode}
   * @param records how many
   * @param firstOrigin the first place of them
   * @param example the message of one of them
   */
  public record RejectedCode(
      String feed, String code, long records, String firstOrigin, String example) {}

  /** Copies the lists. */
  public RunReport {
    feeds = List.copyOf(feeds);
    audits = List.copyOf(audits);
    rejected = List.copyOf(rejected);
  }

  /** Reads the report; empty if the warehouse knows no such run. */
  public static Optional<RunReport> of(Connection connection, String runId) throws SQLException {
    Session session = Session.ofCore(connection);
    List<Run> runs = session.query(sql("run"), List.of(runId), RunReport::run);
    if (runs.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RunReport(
            runs.get(0),
            feeds(session, runId),
            session.query(
                sql("run-audits"),
                List.of(runId),
                row -> new AuditOutcome(row.getString(1), row.getBoolean(2), row.getString(3))),
            session.query(
                sql("run-rejected"),
                List.of(runId),
                row ->
                    new RejectedCode(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getString(5)))));
  }

  private static Run run(ResultSet row) throws SQLException {
    LocalDateTime ended = row.getObject(7, LocalDateTime.class);
    return new Run(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getObject(4, LocalDate.class),
        row.getObject(5, LocalDate.class),
        row.getObject(6, LocalDateTime.class).toInstant(ZoneOffset.UTC),
        ended == null ? null : ended.toInstant(ZoneOffset.UTC),
        row.getBigDecimal(8),
        row.getString(9),
        RunLine.number(row, 10),
        row.getString(11),
        row.getString(12),
        row.getString(13));
  }

  private static List<FeedCounts> feeds(Session session, String runId) throws SQLException {
    return session.query(
        sql("run-feeds"),
        List.of(runId),
        row ->
            new FeedCounts(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                List.of(),
                row.getLong(10)));
  }

  private static String sql(String name) {
    return SqlFile.read(RunReport.class, name);
  }
}
