package io.autopulse.cli;

import io.autopulse.cli.TextTable.Column;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.RunSummary;
import io.autopulse.sink.FeedCounts;
import io.autopulse.sink.StagedRelations.AbsentKey;
import io.autopulse.sink.StagedRelations.RejectedCount;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a published run tells at its end. */
final class RunSummaryText {
  private static final int MOST_NAMES = 12;

  private RunSummaryText() {}

  /**
   * Returns the summary: the fates of each feed's records, why some were rejected, the audits, the
   * seconds, and what to do next.
   */
  static String of(RunSummary run, String manifest) {
    StringBuilder text = new StringBuilder();
    text.append("Run ")
        .append(run.runId())
        .append(" of ")
        .append(run.job())
        .append(" published ")
        .append(run.covered())
        .append(" to ")
        .append(run.warehouse())
        .append("\n\n");
    TextTable feeds =
        TextTable.of(
            Column.text("feed"),
            Column.number("read"),
            Column.number("rejected"),
            Column.number("duplicate"),
            Column.number("superseded"),
            Column.number("out of range"),
            Column.number("published"));
    for (FeedCounts feed : run.report().feeds()) {
      feeds.row(
          feed.feed(),
          count(feed.read()),
          count(feed.rejected()),
          count(feed.duplicate()),
          count(feed.superseded()),
          count(feed.outOfRange()),
          count(feed.published()));
    }
    text.append(feeds.render());
    rejected(run, manifest, text);
    absentKeys(run, text);
    unmapped(run, text);
    outOfRange(run, manifest, text);
    if (run.report().salesMoved() > 0) {
      text.append("\n")
          .append(count(run.report().salesMoved()))
          .append(
              " sales moved here from days outside the covered dates: backfill those days to take them out of their KPIs.\n");
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%n%d audits passed. %.1f s: pipeline %.1f, audits %.1f, publishing %.1f.%n",
            run.report().audits().size(),
            run.seconds(),
            run.pipelineSeconds(),
            run.report().auditSeconds(),
            run.report().publishSeconds()));
    return text.toString();
  }

  private static void rejected(RunSummary run, String manifest, StringBuilder text) {
    if (run.rejected().isEmpty()) {
      return;
    }
    String codes =
        run.rejected().stream()
            .collect(
                Collectors.groupingBy(
                    RejectedCount::feed,
                    java.util.LinkedHashMap::new,
                    Collectors.mapping(
                        r -> count(r.records()) + " " + r.code(), Collectors.joining(", "))))
            .entrySet()
            .stream()
            .map(e -> e.getKey() + ": " + e.getValue())
            .collect(Collectors.joining("\n  "));
    text.append("\nRejected\n  ")
        .append(codes)
        .append("\n  Look: autopulse sql --warehouse ")
        .append(run.warehouse())
        .append(" \"select * from rejected_records where run_id = '")
        .append(run.runId())
        .append("'\"\n  After a fix: autopulse replay ")
        .append(manifest)
        .append(" --run ")
        .append(run.runId())
        .append('\n');
  }

  private static void absentKeys(RunSummary run, StringBuilder text) {
    if (run.absentKeys().isEmpty()) {
      return;
    }
    text.append("\nKeys that records lack: was one renamed in the source?\n");
    for (AbsentKey key : run.absentKeys()) {
      long read =
          run.report().feeds().stream()
              .filter(feed -> feed.feed().equals(key.feed()))
              .mapToLong(FeedCounts::read)
              .sum();
      text.append("  ")
          .append(key.feed())
          .append(": key \"")
          .append(key.name())
          .append("\" absent in ")
          .append(count(key.records()))
          .append(" of ")
          .append(count(read))
          .append(" records\n");
    }
  }

  private static void unmapped(RunSummary run, StringBuilder text) {
    if (run.unmapped().isEmpty()) {
      return;
    }
    text.append(
        "\nNames that the manifest's mappings do not know; they stand under their own name\n");
    run.unmapped().stream()
        .collect(
            Collectors.groupingBy(
                u -> u.feed() + " " + u.field(), java.util.LinkedHashMap::new, Collectors.toList()))
        .forEach(
            (field, names) -> {
              text.append("  ")
                  .append(field)
                  .append(": ")
                  .append(
                      names.stream()
                          .limit(MOST_NAMES)
                          .map(u -> u.name() + " (" + count(u.records()) + ")")
                          .collect(Collectors.joining(", ")));
              if (names.size() > MOST_NAMES) {
                text.append(" and ").append(count(names.size() - MOST_NAMES)).append(" more");
              }
              text.append('\n');
            });
  }

  private static void outOfRange(RunSummary run, String manifest, StringBuilder text) {
    run.outOfRange()
        .ifPresent(
            (BusinessInterval dates) ->
                text.append("\nSales of ")
                    .append(dates.from())
                    .append(" to ")
                    .append(dates.to().minusDays(1))
                    .append(" are outside the covered dates. Take them in: autopulse backfill ")
                    .append(manifest)
                    .append(" --from ")
                    .append(dates.from())
                    .append(" --to ")
                    .append(dates.to())
                    .append('\n'));
  }

  /** Returns a number with its thousands apart. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
