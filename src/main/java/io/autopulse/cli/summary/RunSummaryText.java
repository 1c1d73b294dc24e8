package io.autopulse.cli.summary;

import io.autopulse.cli.text.TextTable;
import io.autopulse.cli.text.TextTable.Column;
import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.run.RunSummary;
import io.autopulse.sink.publish.AuditResult;
import io.autopulse.sink.staging.RejectedSales;
import io.autopulse.sink.staging.StagedRelations.AbsentKey;
import io.autopulse.sink.staging.StagedRelations.RejectedCount;
import io.autopulse.sink.staging.StagedRelations.UnmappedCount;
import io.autopulse.sink.staging.StagedRelations.Withdrawal;
import io.autopulse.warehouse.runs.FeedCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a published run tells at its end. */
public final class RunSummaryText {
  private static final int MOST_NAMES = 12;

  private RunSummaryText() {}

  /**
   * Returns the summary: the fates of each feed's records, why some were rejected, the audits, the
   * seconds, and what to do next.
   */
  public static String of(RunSummary run, String manifest) {
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
    // A job that reads the warehouse alone counts no records.
    if (!run.report().feeds().isEmpty()) {
      text.append(fates(run.report().feeds()));
    }
    rejected(run, manifest, text);
    run.report().feeds().forEach(feed -> conflicting(feed, text));
    absentKeys(run, text);
    text.append(withdrawals(run.withdrawals()));
    text.append(
        names(
            "Names that the manifest's mappings do not know; they stand under their own name",
            run.unmapped()));
    unknown(run, text);
    text.append(
        names(
            "Targets of names that neither sales nor vehicles and dealers have: is one misspelt?",
            run.unknownTargets()));
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
            "%n%d audits passed%s. %.1f s: pipeline %.1f, audits %.1f, publishing %.1f.%n",
            run.report().audits().size(),
            warnings(run),
            run.seconds(),
            run.pipelineSeconds(),
            run.report().auditSeconds(),
            run.report().publishSeconds()));
    return text.toString();
  }

  private static String warnings(RunSummary run) {
    List<String> names =
        run.report().audits().stream().filter(AuditResult::warns).map(AuditResult::audit).toList();
    return names.isEmpty() ? "" : ", with a warning of " + String.join(", ", names);
  }

  private static String fates(List<FeedCounts> feeds) {
    // Few sources have conflicts: the others' readers need not learn what they are.
    boolean conflicting = feeds.stream().anyMatch(feed -> feed.conflicting() > 0);
    boolean skipped = feeds.stream().anyMatch(feed -> feed.skipped() > 0);
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("feed"));
    for (String name :
        List.of("read", "rejected", "duplicate", "superseded", "out of range", "published")) {
      columns.add(Column.number(name));
      if (skipped && name.equals("read")) {
        columns.add(Column.number("skipped"));
      }
      if (conflicting && name.equals("duplicate")) {
        columns.add(Column.number("conflicting"));
      }
    }
    TextTable table = TextTable.of(columns.toArray(Column[]::new));
    for (FeedCounts feed : feeds) {
      List<String> row = new ArrayList<>();
      row.add(feed.feed());
      row.add(count(feed.read()));
      if (skipped) {
        row.add(count(feed.skipped()));
      }
      row.add(count(feed.rejected()));
      row.add(count(feed.duplicate()));
      if (conflicting) {
        row.add(count(feed.conflicting()));
      }
      row.add(count(feed.superseded()));
      row.add(count(feed.outOfRange()));
      row.add(count(feed.published()));
      table.row(row.toArray(String[]::new));
    }
    return table.render();
  }

  private static void conflicting(FeedCounts feed, StringBuilder text) {
    if (feed.conflicting() > 0) {
      text.append("\nConflicting\n  ")
          .append(feed.feed())
          .append(": ")
          .append(count(feed.conflicting()))
          .append(" of a sale, updated_at and sequence of which another content is published");
      if (!feed.conflictingKeys().isEmpty()) {
        text.append(", such as of sale ").append(String.join(" and ", feed.conflictingKeys()));
      }
      text.append(
          "\n  Returned wins over cancelled, cancelled over sold, then the later sale and the"
              + " higher price.\n  To decide otherwise name a column for sequence, write ties:"
              + " position, or name the several columns that make a sale_id.\n");
    }
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
        .append('\n')
        .append(rejectedSales(run.rejectedSales()))
        .append("  Look: autopulse sql --warehouse ")
        .append(run.warehouse())
        .append(" \"select * from rejected_records where run_id = '")
        .append(run.runId())
        .append("'\"\n  After a fix: autopulse replay ")
        .append(manifest)
        .append(" --run ")
        .append(run.runId())
        .append('\n');
  }

  /** Returns that published sales lack what rejected records say of them; empty if none does. */
  static String rejectedSales(RejectedSales rejected) {
    if (rejected.sales() == 0) {
      return "";
    }
    boolean one = rejected.sales() == 1;
    return "  They name %s (%s): what they say of %s is missing, perhaps %s.%n"
        .formatted(
            one ? "a published sale" : count(rejected.sales()) + " published sales",
            String.join(", ", rejected.examples()),
            one ? "it" : "them",
            one ? "its newest version" : "their newest versions");
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

  /** Returns which periods are withdrawn, and what cannot be; empty if nothing is. */
  static String withdrawals(List<Withdrawal> withdrawals) {
    StringBuilder text = new StringBuilder();
    List<Withdrawal> lacked = withdrawals.stream().filter(w -> !w.period().isEmpty()).toList();
    if (!lacked.isEmpty()) {
      text.append("\nWithdrawn: periods that the last extract spans and lacks\n  registrations: ")
          .append(
              lacked.stream()
                  .limit(MOST_NAMES)
                  .map(w -> w.period() + " (" + count(w.records()) + ")")
                  .collect(Collectors.joining(", ")));
      if (lacked.size() > MOST_NAMES) {
        text.append(" and ").append(count(lacked.size() - MOST_NAMES)).append(" more");
      }
      text.append(
          "\n  If the feed sends only some periods again, write defaults: {extract: periods} under"
              + " feeds.registrations.\n");
    }
    withdrawals.stream()
        .filter(w -> w.period().isEmpty())
        .forEach(
            w ->
                text.append("\nRegistrations without a time of extraction: ")
                    .append(count(w.records()))
                    .append(
                        "\n  What a later file renames or lacks of them stays beside what it has. Name"
                            + " the column that tells when a record was extracted as extracted_at.\n"));
    return text.toString();
  }

  /** Returns names and how many records have them, by field; empty if there is none. */
  static String names(String title, List<UnmappedCount> found) {
    StringBuilder text = new StringBuilder();
    if (!found.isEmpty()) {
      text.append('\n').append(title).append('\n');
    }
    found.stream()
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
    return text.toString();
  }

  private static void unknown(RunSummary run, StringBuilder text) {
    if (run.unknown().isEmpty()) {
      return;
    }
    text.append(
        "\nSales of dealers or models that the reference feeds lack (UNKNOWN: the sale names none)\n");
    text.append(
        run.unknown().stream()
            .map(
                ids ->
                    "%s of unknown %s (%s)"
                        .formatted(
                            count(ids.sales()),
                            ids.feed() == Feed.DEALERS ? "dealers" : "models",
                            String.join(", ", ids.examples())))
            .collect(Collectors.joining(", ", "  sales: ", "\n")));
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
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
