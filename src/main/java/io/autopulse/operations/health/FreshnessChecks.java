package io.autopulse.operations.health;

import io.autopulse.domain.health.Symptom;
import io.autopulse.operations.health.HealthConfig.Flow;
import io.autopulse.operations.schedule.JobsFile;
import io.autopulse.operations.schedule.Schedule;
import io.autopulse.operations.schedule.ScheduledJob;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks how old feeds, tables and marts are. */
final class FreshnessChecks {
  private static final String MARTS = "marts";

  private final Session session;
  private final HealthConfig config;
  private final JobsFile jobs;
  private final Findings findings;

  FreshnessChecks(Session session, HealthConfig config, JobsFile jobs, Findings findings) {
    this.session = session;
    this.config = config;
    this.jobs = jobs;
    this.findings = findings;
  }

  /**
   * Looks.
   *
   * @param knownSince nothing is expected of due times before
   * @param published when the last published run of each job started
   */
  void check(Instant knownSince, Map<String, Instant> published) throws SQLException {
    feeds();
    for (Flow flow : config.flows()) {
      flow.run().ifPresent(run -> measure(flow, published.get(run)));
      Optional<Instant> due = due(flow).filter(time -> time.isAfter(knownSince));
      if (due.isPresent() && flow.run().isPresent()) {
        tables(flow, Optional.ofNullable(published.get(flow.run().get())), due.get());
      } else if (due.isPresent()) {
        marts(flow, due.get());
      }
    }
  }

  private void measure(Flow flow, @Nullable Instant published) {
    if (published != null) {
      findings.measure(
          Measure.of(
              Measure.Name.PUBLICATION_AGE_SECONDS,
              "job",
              flow.job(),
              Duration.between(published, findings.at()).toSeconds()));
    }
  }

  /** Returns when the job was last due, the time that it may take over. */
  private Optional<Instant> due(Flow flow) {
    Optional<Schedule> schedule =
        jobs.jobs().stream()
            .filter(job -> job.name().equals(flow.job()))
            .findFirst()
            .flatMap(ScheduledJob::schedule);
    return schedule.flatMap(s -> s.previous(findings.at().minus(flow.within())));
  }

  private void tables(Flow flow, Optional<Instant> published, Instant due) {
    if (published.isPresent() && !published.get().isBefore(due)) {
      return;
    }
    for (String table : flow.tables()) {
      findings.add(
          Symptom.TABLE_STALE,
          HealthConfig.table(table),
          published
                  .map(time -> "was last published by a run of " + time)
                  .orElse("was never published")
              + "; "
              + flow.job()
              + " was due at "
              + due,
          "Look why the job did not publish: autopulse job " + flow.job(),
          due);
    }
  }

  private void marts(Flow flow, Instant due) throws SQLException {
    boolean shown = session.number(sql("marts-shown")) > 0;
    Optional<Instant> newest = shown ? newest(sql("marts-newest"), List.of()) : Optional.empty();
    Optional<Instant> expected = newest(sql("published-before"), List.of(SqlNames.utc(due)));
    boolean stale =
        expected.isPresent() && (newest.isEmpty() || newest.get().isBefore(expected.get()));
    if (stale) {
      findings.add(
          Symptom.MARTS_STALE,
          HealthConfig.table(MARTS),
          newest
                  .map(time -> "show what was published until " + time)
                  .orElse("have never been built")
              + "; a run published at "
              + expected.get(),
          "Build them: autopulse job " + flow.job(),
          due);
    }
  }

  private Optional<Instant> newest(String sql, List<LocalDateTime> values) throws SQLException {
    return session
        .query(sql, values, row -> Optional.ofNullable(row.getObject(1, LocalDateTime.class)))
        .get(0)
        .map(time -> time.toInstant(ZoneOffset.UTC));
  }

  private void feeds() throws SQLException {
    LocalDate today = LocalDate.ofInstant(findings.at(), jobs.zone());
    Map<String, LocalDate> newest = new HashMap<>();
    session
        .query(
            sql("newest-records"),
            Collections.nCopies(HealthConfig.FEEDS.size(), today),
            row -> Map.entry(row.getString(1), row.getObject(2, LocalDate.class)))
        .forEach(entry -> newest.put(entry.getKey(), entry.getValue()));
    for (Flow flow : config.flows()) {
      flow.feeds()
          .forEach(
              (feed, most) ->
                  Optional.ofNullable(newest.get(feed)).ifPresent(day -> feed(feed, day, most)));
    }
  }

  private void feed(String feed, LocalDate newest, Duration most) {
    Instant day = newest.atStartOfDay(ZoneOffset.UTC).toInstant();
    Duration age = Duration.between(day, findings.at());
    findings.measure(Measure.of(Measure.Name.FEED_AGE_SECONDS, "feed", feed, age.toSeconds()));
    if (age.compareTo(most) > 0) {
      findings.add(
          Symptom.FEED_LATE,
          HealthConfig.feed(feed),
          "its newest record is of %s, %s ago; at most %s are usual"
              .formatted(newest, JobChecks.text(age), JobChecks.text(most)),
          "Ask whoever delivers the feed, then run its job again",
          day.plus(most));
    }
  }

  private static String sql(String name) {
    return SqlFile.read(FreshnessChecks.class, name);
  }
}
