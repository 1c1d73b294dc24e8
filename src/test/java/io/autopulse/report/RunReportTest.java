package io.autopulse.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.autopulse.report.RunReport.AuditOutcome;
import io.autopulse.report.RunReport.RejectedCode;
import io.autopulse.report.RunReport.Run;
import io.autopulse.warehouse.runs.FeedCounts;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
  private static final Instant STARTED = Instant.parse("2024-06-01T03:00:00.25Z");

  @TempDir private Path directory;

  private ReportTables tables;

  @BeforeEach
  void fill() throws IOException, SQLException {
    tables = new ReportTables(directory);
    tables.execute(
        """
        insert into load_runs (run_id, job, status, interval_from, interval_to, started_at, ended_at, seconds, host, process_id, autopulse_version, runner, message) values
            ('r1', 'daily', 'PUBLISHED', '2024-05-01', '2024-06-01', '2024-06-01 03:00:00.25', '2024-06-01 03:00:12.5', 12.25, 'h', 42, '0.1.0', 'direct', null),
            ('r2', 'daily', 'RUNNING', null, null, '2024-06-02 03:00:00', null, null, null, null, null, null, null)
        """);
    tables.execute(
        """
        insert into load_run_feeds (
            run_id, feed, rows_read, rows_accepted, rows_rejected, rows_duplicate, rows_superseded,
            rows_out_of_range, rows_published, rows_conflicting, rows_skipped
        ) values
            ('r1', 'sales', 15, 8, 3, 1, 2, 1, 5, 2, 1),
            ('r1', 'dealers', 2, 2, 0, 0, 0, 0, 2, 0, 0)
        """);
    tables.execute(
        """
        insert into load_run_audits values
            ('r1', 'a-rule', true, 'holds'), ('r1', 'z-rule', false, 'broken' || chr(10) || 'here')
        """);
    for (String record :
        List.of("a.csv:9', 'BAD_DATE", "a.csv:3', 'BAD_DATE", "a.csv:1', 'BAD_ID")) {
      tables.execute(
          "insert into rejected_records (feed, origin, code, step, message, raw, format, run_id) values ('sales', '%s', 'Parse', 'wrong', 'x', 'csv', 'r1')"
              .formatted(record));
    }
  }

  @AfterEach
  void close() throws SQLException {
    tables.close();
  }

  @Test
  void runHasItsFeedsAuditsAndRejectedCodes() throws SQLException {
    RunReport report = RunReport.of(tables.connection(), "r1").orElseThrow();

    assertThat(
        report.run(),
        is(
            new Run(
                "r1",
                "daily",
                "PUBLISHED",
                LocalDate.of(2024, 5, 1),
                LocalDate.of(2024, 6, 1),
                STARTED,
                Instant.parse("2024-06-01T03:00:12.5Z"),
                new BigDecimal("12.250"),
                "h",
                42L,
                "0.1.0",
                "direct",
                null)));
    assertThat(
        report.feeds(),
        contains(
            new FeedCounts("dealers", 2, 2, 0, 0, 0, 0, 2, 0, List.of(), 0),
            new FeedCounts("sales", 15, 8, 3, 1, 2, 1, 5, 2, List.of(), 1)));
    assertThat(
        report.audits(),
        contains(
            new AuditOutcome("z-rule", false, "broken\nhere"),
            new AuditOutcome("a-rule", true, "holds")));
    assertThat(
        report.rejected(),
        contains(
            new RejectedCode("sales", "BAD_DATE", 2, "a.csv:3", "wrong"),
            new RejectedCode("sales", "BAD_ID", 1, "a.csv:1", "wrong")));
  }

  @Test
  void runThatHasNotEndedHasNoEndAndNoRecordsYet() throws SQLException {
    RunReport report = RunReport.of(tables.connection(), "r2").orElseThrow();

    assertThat(
        report,
        is(
            new RunReport(
                new Run(
                    "r2",
                    "daily",
                    "RUNNING",
                    null,
                    null,
                    Instant.parse("2024-06-02T03:00:00Z"),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null),
                List.of(),
                List.of(),
                List.of())));
    assertThat(RunReport.of(tables.connection(), "r3"), is(Optional.empty()));
  }

  @Test
  void historyAddsUpTheFeedsAndIsNewestFirst() throws SQLException {
    RunLine running =
        new RunLine(
            "r2",
            "daily",
            "RUNNING",
            null,
            null,
            Instant.parse("2024-06-02T03:00:00Z"),
            null,
            null,
            null,
            null,
            null);
    assertThat(
        RunLine.last(tables.connection(), 5),
        contains(
            running,
            new RunLine(
                "r1",
                "daily",
                "PUBLISHED",
                LocalDate.of(2024, 5, 1),
                LocalDate.of(2024, 6, 1),
                STARTED,
                new BigDecimal("12.250"),
                17L,
                3L,
                7L,
                null)));
    assertThat(RunLine.last(tables.connection(), 1), contains(running));
  }
}
