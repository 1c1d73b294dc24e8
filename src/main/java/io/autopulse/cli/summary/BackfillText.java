package io.autopulse.cli.summary;

import io.autopulse.cli.text.TextTable;
import io.autopulse.cli.text.TextTable.Column;
import io.autopulse.domain.run.PublishedRun;
import io.autopulse.domain.run.PublishedRuns.Expectation;
import io.autopulse.pipeline.backfill.BackfillPlan;
import io.autopulse.pipeline.backfill.BackfillRequest;
import io.autopulse.pipeline.backfill.Chunk;
import io.autopulse.pipeline.run.RunSummary;
import io.autopulse.warehouse.runs.FeedCounts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** The plan of a backfill, and what became of it, for a person. */
public final class BackfillText {
  private static final String NO_HISTORY = "no history";

  private BackfillText() {}

  /** Returns the plan: the chunks, and what they are expected to take. */
  public static String plan(BackfillRequest request, BackfillPlan plan) {
    TextTable table =
        TextTable.of(
            Column.number("chunk"),
            Column.text("dates"),
            Column.text("recomputes"),
            Column.number("reads"),
            Column.number("minutes"),
            Column.text("state"));
    for (Chunk chunk : plan.chunks()) {
      Optional<Expectation> expected =
          chunk.published().isPresent() ? Optional.empty() : chunk.expected();
      String none = chunk.published().isPresent() ? "" : NO_HISTORY;
      table.row(
          String.valueOf(chunk.number()),
          chunk.dates().toString(),
          chunk.dates().alignedOutward().toString(),
          expected.map(e -> number(e.rowsRead())).orElse(none),
          expected.map(e -> minutes(e.seconds())).orElse(none),
          chunk.published().map(run -> "published by " + run.runId()).orElse("to do"));
    }
    return "%s: %d to do%n%n%s%n%s%n"
        .formatted(
            head(request, plan), plan.open().size(), table.render(), total(request, plan.open()));
  }

  private static String total(BackfillRequest request, List<Chunk> open) {
    if (open.isEmpty()) {
      return "Nothing is to be done; --restart computes it again.";
    }
    if (open.stream().anyMatch(chunk -> chunk.expected().isEmpty())) {
      return "The job has not published yet: nothing says how long it takes.";
    }
    double seconds = open.stream().mapToDouble(c -> c.expected().orElseThrow().seconds()).sum();
    long rows = open.stream().mapToLong(c -> c.expected().orElseThrow().rowsRead()).sum();
    return "Expected of earlier runs: %s records read, %s minutes one after another%s. Nothing was started."
        .formatted(
            number(rows),
            minutes(seconds),
            request.parallel() == 1 ? "" : ", less with " + request.parallel() + " at once");
  }

  /** Returns that there is nothing to do. */
  public static String nothingToDo(BackfillRequest request, BackfillPlan plan) {
    return "%s: all were published before, from the same manifest and files. --restart computes them again.%n"
        .formatted(head(request, plan));
  }

  /**
   * Returns what was done.
   *
   * @param runs the runs of this call, by the number of their chunk
   * @param filesChanged whether files came or changed meanwhile
   */
  public static String summary(
      BackfillRequest request,
      BackfillPlan plan,
      Map<Integer, RunSummary> runs,
      boolean filesChanged) {
    TextTable table =
        TextTable.of(
            Column.number("chunk"),
            Column.text("dates"),
            Column.text("run"),
            Column.number("read"),
            Column.number("rejected"),
            Column.number("published"),
            Column.number("seconds"));
    for (Chunk chunk : plan.chunks()) {
      Optional<RunSummary> run = Optional.ofNullable(runs.get(chunk.number()));
      table.row(
          String.valueOf(chunk.number()),
          chunk.dates().toString(),
          run.map(RunSummary::runId)
              .or(() -> chunk.published().map(PublishedRun::runId))
              .orElse(""),
          run.map(r -> number(sum(r, FeedCounts::read))).orElse("before"),
          run.map(r -> number(sum(r, FeedCounts::rejected))).orElse(""),
          run.map(r -> number(sum(r, FeedCounts::published))).orElse(""),
          run.map(r -> String.format(Locale.ROOT, "%.1f", r.seconds())).orElse(""));
    }
    String changed =
        filesChanged
            ? "%nFiles came or changed meanwhile: the same call computes again the chunks that read the files of before.%n"
                .formatted()
            : "";
    return "%s: %d published, %d published before%n%n%s%s"
        .formatted(
            head(request, plan),
            runs.size(),
            plan.chunks().size() - plan.open().size(),
            table.render(),
            changed);
  }

  private static String head(BackfillRequest request, BackfillPlan plan) {
    return "Backfill of %s to %s, %s in %d %s"
        .formatted(
            request.manifest().job(),
            request.manifest().warehouse(),
            request.range(),
            plan.chunks().size(),
            plan.chunks().size() == 1 ? "chunk" : "chunks");
  }

  /** Returns the counts of all feeds of a run. */
  public static long sum(RunSummary summary, ToLongFunction<FeedCounts> count) {
    return summary.report().feeds().stream().mapToLong(count).sum();
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String minutes(double seconds) {
    return String.format(Locale.ROOT, "%.1f", seconds / 60);
  }
}
