package io.autopulse.operations.health;

import io.autopulse.domain.health.Symptom;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.runs.RunStatus;
import io.autopulse.warehouse.runs.RunningProcess;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at the log of runs: how each job's last run ended, what runs, what was rejected. */
final class RunChecks {
  /** A job whose last run is older is no longer run. */
  private static final Duration OF_INTEREST = Duration.ofDays(30);

  private static final int SHOWN_AUDITS = 3;

  private final Session session;
  private final HealthConfig config;
  private final Findings findings;

  RunChecks(Session session, HealthConfig config, Findings findings) {
    this.session = session;
    this.config = config;
    this.findings = findings;
  }

  /** Returns when the last published run of each job of {@code load_runs} started. */
  Map<String, Instant> published() throws SQLException {
    return session
        .query(
            sql("publications"),
            List.of(SqlNames.utc(findings.at())),
            row -> Map.entry(row.getString(1), instant(row, 2)))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  void check() throws SQLException {
    LocalDateTime at = SqlNames.utc(findings.at());
    for (Ended run : session.query(sql("last-runs"), List.of(at), Ended::of)) {
      if (run.startedAt().isAfter(findings.at().minus(OF_INTEREST))) {
        ended(run);
      }
    }
    for (Running run : session.query(sql("running-runs"), List.of(at), Running::of)) {
      running(run);
    }
    counts(at);
  }

  private void ended(Ended run) throws SQLException {
    List<String> audits =
        session.query(
            sql("failed-audits"),
            List.of(run.runId()),
            row -> row.getString(1) + " (" + firstLine(row.getString(2)) + ")");
    findings.measure(Measure.of(Measure.Name.FAILED_AUDITS, "run", run.job(), audits.size()));
    String place = config.placeOfRun(run.job());
    if (run.status() == RunStatus.REJECTED) {
      findings.add(
          Symptom.AUDIT_FAILED,
          place,
          "run %s of %s was stopped by %d audits: %s"
              .formatted(
                  run.runId(),
                  run.job(),
                  audits.size(),
                  audits.stream().limit(SHOWN_AUDITS).collect(Collectors.joining("; "))),
          "Read them: autopulse runs " + run.runId(),
          run.startedAt());
    } else if (run.status() != RunStatus.PUBLISHED) {
      findings.add(
          Symptom.RUN_FAILED,
          place,
          "run %s of %s is %s%s"
              .formatted(
                  run.runId(),
                  run.job(),
                  run.status(),
                  run.message() == null ? "" : ": " + firstLine(run.message())),
          "Read its message: autopulse runs " + run.runId(),
          run.startedAt());
    }
  }

  private void running(Running run) {
    boolean gone =
        run.process().host().equals(RunningProcess.current().host())
            && !run.process().stillRunsSince(run.startedAt());
    boolean stuck =
        !run.isLive() && run.startedAt().plus(config.limits().stuckAfter()).isBefore(findings.at());
    if (gone || stuck) {
      findings.add(
          Symptom.RUN_STUCK,
          config.placeOfRun(run.job()),
          "run %s of %s is logged as running since %s, process %d on %s%s"
              .formatted(
                  run.runId(),
                  run.job(),
                  run.startedAt(),
                  run.process().processId(),
                  run.process().host(),
                  gone ? ", which is gone" : ""),
          gone
              ? "Start the job again: it marks the run as ABANDONED"
              : "Look what the process waits for; end it if it waits for nothing",
          run.startedAt());
    }
  }

  private void counts(LocalDateTime at) throws SQLException {
    Map<String, List<Counts>> feeds = new LinkedHashMap<>();
    for (Counts counts : session.query(sql("feed-counts"), List.of(at), Counts::of)) {
      feeds
          .computeIfAbsent(counts.job() + " " + counts.feed(), key -> new ArrayList<>())
          .add(counts);
    }
    for (List<Counts> runs : feeds.values()) {
      Counts last = runs.get(0);
      if (last.read() == 0) {
        continue;
      }
      List<Counts> earlier =
          runs.subList(1, runs.size()).stream().filter(c -> c.read() > 0).toList();
      String place =
          HealthConfig.FEEDS.contains(last.feed())
              ? HealthConfig.feed(last.feed())
              : config.placeOfRun(last.job());
      // Several jobs may read the same feed.
      Map<String, String> labels = Map.of("feed", last.feed(), "run", last.job());
      findings.measure(new Measure(Measure.Name.REJECTED_RATIO, labels, last.rejectedShare()));
      findings.measure(new Measure(Measure.Name.DUPLICATE_RATIO, labels, last.duplicateShare()));
      List<Double> rejected = earlier.stream().map(Counts::rejectedShare).toList();
      if (config.limits().rejected().isExceeded(last.rejected(), last.read(), rejected)) {
        findings.add(
            Symptom.REJECTED_SHARE,
            place,
            "%d of %d records of %s were rejected in the last run of %s"
                .formatted(last.rejected(), last.read(), last.feed(), last.job()),
            "Look at their codes: autopulse runs");
      }
      List<Double> duplicates = earlier.stream().map(Counts::duplicateShare).toList();
      if (config.limits().duplicates().isExceeded(last.duplicates(), last.read(), duplicates)) {
        findings.add(
            Symptom.DUPLICATE_SHARE,
            place,
            "%d of %d records of %s were there twice in the last run of %s"
                .formatted(last.duplicates(), last.read(), last.feed(), last.job()),
            "Look for a file that was landed twice");
      }
    }
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }

  private static String sql(String name) {
    return SqlFile.read(RunChecks.class, name);
  }

  static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
  }

  private record Ended(
      String runId, String job, RunStatus status, Instant startedAt, @Nullable String message) {
    static Ended of(ResultSet row) throws SQLException {
      return new Ended(
          row.getString(1),
          row.getString(2),
          RunStatus.valueOf(row.getString(3)),
          instant(row, 4),
          row.getString(5));
    }
  }

  private record Running(
      String runId, String job, Instant startedAt, RunningProcess process, boolean isLive) {
    static Running of(ResultSet row) throws SQLException {
      return new Running(
          row.getString(1),
          row.getString(2),
          instant(row, 3),
          new RunningProcess(row.getString(4), row.getLong(5)),
          row.getBoolean(6));
    }
  }

  private record Counts(String job, String feed, long read, long rejected, long duplicates) {
    static Counts of(ResultSet row) throws SQLException {
      return new Counts(
          row.getString(1), row.getString(2), row.getLong(3), row.getLong(4), row.getLong(5));
    }

    double rejectedShare() {
      return (double) rejected / read;
    }

    double duplicateShare() {
      return (double) duplicates / read;
    }
  }
}
