package io.autopulse.report.dashboard;

import io.autopulse.report.RunLine;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the data came: each job's last run, its audits and what it rejected.
 *
 * @param jobs by name
 * @param audits of each job's last run that was audited, those that failed first
 * @param rejected by job, feed and code, the most frequent first
 */
public record DataHealth(List<Job> jobs, List<Audit> audits, List<Rejected> rejected) {
  /**
   * A job.
   *
   * @param job its name
   * @param publishedAt when it last published; null if it never has
   * @param runId its last run
   * @param status how that ended
   * @param message what that says; null of most
   * @param read records of its feeds; null until they are counted
   * @param rejected records of its feeds; null until they are counted
   */
  public record Job(
      String job,
      @Nullable Instant publishedAt,
      String runId,
      String status,
      @Nullable String message,
      @Nullable Long read,
      @Nullable Long rejected) {
    /** Tells whether the last run has published, or is running. */
    public boolean isGood() {
      return status.equals("PUBLISHED") || status.equals("RUNNING");
    }
  }

  /**
   * An audit.
   *
   * @param job whose
   * @param audit its name
   * @param passed whether its rule holds
   * @param detail the rule, and what breaks it
   */
  public record Audit(String job, String audit, boolean passed, String detail) {}

  /**
   * Rejected records of a code.
   *
   * @param job whose
   * @param feed the feed
   * @param code why
   * @param records how many
   * @param message of one of them
   * @param origin the first place of them
   * @param raw the text of that one, what is sensitive masked
   */
  public record Rejected(
      String job,
      String feed,
      String code,
      long records,
      String message,
      String origin,
      String raw) {}

  /** Copies the lists. */
  public DataHealth {
    jobs = List.copyOf(jobs);
    audits = List.copyOf(audits);
    rejected = List.copyOf(rejected);
  }

  /** Reads it. */
  public static DataHealth of(Connection connection) throws SQLException {
    Session session = Session.ofCore(connection);
    return new DataHealth(
        session.query(sql("job-health"), DataHealth::job),
        session.query(
            sql("last-audits"),
            row ->
                new Audit(row.getString(1), row.getString(2), row.getBoolean(3), row.getString(4))),
        session.query(
            sql("last-rejected"),
            row ->
                new Rejected(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getLong(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7))));
  }

  private static Job job(ResultSet row) throws SQLException {
    LocalDateTime published = row.getObject(2, LocalDateTime.class);
    return new Job(
        row.getString(1),
        published == null ? null : published.toInstant(ZoneOffset.UTC),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        RunLine.number(row, 6),
        RunLine.number(row, 7));
  }

  private static String sql(String name) {
    return SqlFile.read(DataHealth.class, name);
  }
}
