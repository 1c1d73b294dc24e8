package io.autopulse.web.page;

import io.autopulse.report.RunLine;
import io.autopulse.report.dashboard.DataHealth;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the data came: jobs, runs, audits and rejected records. */
final class HealthPage {
  private static final int RUNS = 30;

  /** A text that is longer says enough at its beginning. */
  private static final int LONGEST = 160;

  private final PageRequest request;
  private final Words words;

  private HealthPage(PageRequest request) {
    this.request = request;
    words = request.words();
  }

  static Page build(PageRequest request) throws SQLException {
    return new HealthPage(request).build();
  }

  private Page build() throws SQLException {
    DataHealth health = DataHealth.of(request.connection());
    long failed = health.audits().stream().filter(audit -> !audit.passed()).count();
    long bad = health.jobs().stream().filter(job -> !job.isGood()).count();
    String lead =
        bad + failed == 0 ? words.say("health.good") : words.say("health.bad", bad, failed);
    return Page.of(
        request,
        request.scope().isEmpty() ? lead : lead + " " + words.say("health.part"),
        List.of(),
        List.of(jobs(health), audits(health), rejected(health), runs()),
        Form.NONE);
  }

  private Section jobs(DataHealth health) {
    List<Table.Row> rows = new ArrayList<>();
    for (DataHealth.Job job : health.jobs()) {
      rows.add(
          Table.Row.of(
              job.job(),
              job.publishedAt(),
              words.name("run.", job.status()),
              job.read(),
              job.rejected(),
              shortened(job.message())));
    }
    return new Section(
        words.say("health.jobs"),
        words.say("health.jobs.note"),
        "",
        Table.of(
            "jobs",
            List.of(
                new Column("job", Column.Kind.TEXT),
                new Column("published_at", Column.Kind.TIME),
                new Column("last_run", Column.Kind.TEXT),
                new Column("rows_read", Column.Kind.COUNT),
                new Column("rows_rejected", Column.Kind.COUNT),
                new Column("message", Column.Kind.TEXT)),
            rows),
        words.say("health.no_runs"));
  }

  private Section audits(DataHealth health) {
    List<Table.Row> rows = new ArrayList<>();
    for (DataHealth.Audit audit : health.audits()) {
      rows.add(
          Table.Row.of(
              audit.audit(),
              audit.job(),
              words.say(audit.passed() ? "audit.passed" : "audit.failed"),
              shortened(audit.detail())));
    }
    return new Section(
        words.say("health.audits"),
        words.say("health.audits.note"),
        "",
        Table.of(
            "audits",
            List.of(
                new Column("audit", Column.Kind.TEXT),
                new Column("job", Column.Kind.TEXT),
                new Column("result", Column.Kind.TEXT),
                new Column("detail", Column.Kind.TEXT)),
            rows),
        words.say("health.no_runs"));
  }

  private Section rejected(DataHealth health) {
    List<Table.Row> rows = new ArrayList<>();
    for (DataHealth.Rejected code : health.rejected()) {
      rows.add(
          Table.Row.of(
              code.code(),
              code.job(),
              code.feed(),
              code.records(),
              shortened(code.message()),
              code.origin(),
              shortened(code.raw())));
    }
    return new Section(
        words.say("health.rejected"),
        words.say("health.rejected.note"),
        "",
        Table.of(
                "rejected",
                List.of(
                    new Column("code", Column.Kind.TEXT),
                    new Column("job", Column.Kind.TEXT),
                    new Column("feed", Column.Kind.TEXT),
                    new Column("records", Column.Kind.COUNT),
                    new Column("message", Column.Kind.TEXT),
                    new Column("origin", Column.Kind.TEXT),
                    new Column("example", Column.Kind.TEXT)),
                rows)
            .withBar("records"),
        words.say(request.scope().isEmpty() ? "health.no_rejected" : "health.part"));
  }

  private Section runs() throws SQLException {
    List<Table.Row> rows = new ArrayList<>();
    for (RunLine run : RunLine.last(request.connection(), RUNS)) {
      rows.add(
          Table.Row.of(
              run.runId(),
              run.job(),
              words.name("run.", run.status()),
              run.startedAt(),
              run.seconds(),
              run.read(),
              run.rejected(),
              run.published(),
              shortened(run.message())));
    }
    return new Section(
        words.say("health.runs", RUNS),
        "",
        "",
        Table.of(
            "runs",
            List.of(
                new Column("run", Column.Kind.TEXT),
                new Column("job", Column.Kind.TEXT),
                new Column("result", Column.Kind.TEXT),
                new Column("started_at", Column.Kind.TIME),
                new Column("seconds", Column.Kind.NUMBER),
                new Column("rows_read", Column.Kind.COUNT),
                new Column("rows_rejected", Column.Kind.COUNT),
                new Column("rows_published", Column.Kind.COUNT),
                new Column("message", Column.Kind.TEXT)),
            rows),
        words.say("health.no_runs"));
  }

  /** Returns a text in one line; pages have its beginning, files all of it. */
  private @Nullable String shortened(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String line = text.strip().replaceAll("\\s+", " ");
    if (request.whole() || line.length() <= LONGEST) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, LONGEST))) + "…";
  }
}
