package io.autopulse.cli.summary;

import static io.autopulse.cli.text.RowLayout.number;
import static io.autopulse.cli.text.RowLayout.text;

import io.autopulse.cli.text.RowLayout;
import io.autopulse.cli.text.RowLayout.Column;
import io.autopulse.cli.text.Rows;
import io.autopulse.report.RunLine;
import io.autopulse.report.RunReport;
import io.autopulse.report.RunReport.AuditOutcome;
import io.autopulse.report.RunReport.RejectedCode;
import io.autopulse.report.RunReport.Run;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.runs.FeedCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs as rows, for a person or for a program. */
public final class RunReportText {
  private static final RowLayout<RunLine> HISTORY =
      RowLayout.of(
          text("run_id", RunLine::runId),
          text("job", RunLine::job),
          text("status", RunLine::status),
          text("interval_from", RunLine::from),
          text("interval_to", RunLine::to),
          text("started_at", run -> time(run.startedAt())),
          number("seconds", RunLine::seconds),
          number("read", RunLine::read),
          number("rejected", RunLine::rejected),
          number("published", RunLine::published),
          text("message", RunLine::message));

  private static final RowLayout<Run> RUN =
      RowLayout.of(
          text("run_id", Run::runId),
          text("job", Run::job),
          text("status", Run::status),
          text("interval_from", Run::from),
          text("interval_to", Run::to),
          text("started_at", run -> time(run.startedAt())),
          number("seconds", Run::seconds),
          text("host", Run::host),
          number("process_id", Run::processId),
          text("version", Run::version),
          text("runner", Run::runner),
          text("message", Run::message));

  private static final RowLayout<FeedCounts> FEEDS =
      RowLayout.of(
          text("feed", FeedCounts::feed),
          number("read", FeedCounts::read),
          number("accepted", FeedCounts::accepted),
          number("rejected", FeedCounts::rejected),
          number("duplicate", FeedCounts::duplicate),
          number("conflicting", FeedCounts::conflicting),
          number("skipped", FeedCounts::skipped),
          number("superseded", FeedCounts::superseded),
          number("out_of_range", FeedCounts::outOfRange),
          number("published", FeedCounts::published));

  private static final RowLayout<AuditOutcome> AUDITS =
      RowLayout.of(
          text("audit", AuditOutcome::audit),
          text("result", audit -> audit.passed() ? "passed" : "FAILED"),
          text("detail", audit -> audit.detail().replace("\n", " | ")));

  private static final RowLayout<RejectedCode> REJECTED =
      RowLayout.of(
          text("feed", RejectedCode::feed),
          text("code", RejectedCode::code),
          number("records", RejectedCode::records),
          text("first_origin", RejectedCode::firstOrigin),
          text("example", RejectedCode::example));

  // In the order of their names, like all facts of one item.
  private static final RowLayout<Run> FACTS_OF_RUN =
      RowLayout.of(
          text("autopulse_version", Run::version),
          text("ended_at", run -> time(run.endedAt())),
          text("host", Run::host),
          text("interval_from", Run::from),
          text("interval_to", Run::to),
          text("job", Run::job),
          text("message", Run::message),
          text("process_id", Run::processId),
          text("runner", Run::runner),
          text("seconds", Run::seconds),
          text("started_at", run -> time(run.startedAt())),
          text("status", Run::status));

  private static final RowLayout<FeedCounts> FACTS_OF_FEED =
      RowLayout.of(
          text("accepted", FeedCounts::accepted),
          text("duplicate", FeedCounts::duplicate),
          text("out_of_range", FeedCounts::outOfRange),
          text("published", FeedCounts::published),
          text("read", FeedCounts::read),
          text("rejected", FeedCounts::rejected),
          text("superseded", FeedCounts::superseded));

  private static final RowLayout<Fact> FACTS =
      RowLayout.of(
          text("section", Fact::section),
          text("item", Fact::item),
          text("field", Fact::field),
          text("value", Fact::value));

  private RunReportText() {}

  /** Returns the history, a row a run. */
  public static Rows history(List<RunLine> runs) {
    return HISTORY.rows(runs);
  }

  /** Returns the parts of a run by their headings. */
  public static Map<String, Rows> sections(RunReport report) {
    Map<String, Rows> sections = new LinkedHashMap<>();
    sections.put("Run", RUN.rows(List.of(report.run())));
    sections.put("Feeds", FEEDS.rows(report.feeds()));
    sections.put("Audits", AUDITS.rows(report.audits()));
    sections.put("Rejected records by code", REJECTED.rows(report.rejected()));
    return Collections.unmodifiableMap(sections);
  }

  /** Returns a run as one list of facts, so that one reader reads all of it. */
  public static Rows facts(RunReport report) {
    List<Fact> facts = new ArrayList<>();
    add(facts, "run", report.run().runId(), FACTS_OF_RUN, report.run());
    for (FeedCounts feed : report.feeds()) {
      add(facts, "feed", feed.feed(), FACTS_OF_FEED, feed);
    }
    report.audits().stream()
        .sorted(Comparator.comparing(AuditOutcome::audit))
        .map(
            audit ->
                new Fact(
                    "audit", audit.audit(), audit.passed() ? "passed" : "failed", audit.detail()))
        .forEach(facts::add);
    report.rejected().stream()
        .sorted(Comparator.comparing(RejectedCode::feed).thenComparing(RejectedCode::code))
        .map(code -> new Fact("rejected", code.feed(), code.code(), String.valueOf(code.records())))
        .forEach(facts::add);
    return FACTS.rows(facts);
  }

  private static <T> void add(
      List<Fact> facts, String section, String item, RowLayout<T> layout, T of) {
    for (Column<T> column : layout.columns()) {
      facts.add(new Fact(section, item, column.title(), column.textOf(of)));
    }
  }

  private record Fact(String section, String item, String field, @Nullable String value) {}

  private static @Nullable Object time(@Nullable Instant instant) {
    return instant == null ? null : SqlNames.utc(instant);
  }
}
