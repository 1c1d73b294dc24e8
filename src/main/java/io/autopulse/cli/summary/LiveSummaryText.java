package io.autopulse.cli.summary;

import io.autopulse.pipeline.live.FollowSummary;
import io.autopulse.sink.live.LiveLoad;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a live run tells at its end. */
public final class LiveSummaryText {
  private LiveSummaryText() {}

  /** Returns the summary: what was loaded, why records were rejected, and what to do next. */
  public static String of(FollowSummary run, String manifest) {
    LiveLoad total = run.total();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Run %s of %s ended after %.0f s: %s loaded to %s.%n",
            run.runId(),
            run.job(),
            run.seconds(),
            loaded(total),
            run.warehouse()));
    if (total.rejectedRecords() > 0) {
      text.append("Rejected ")
          .append(rejected(total))
          .append("; look: autopulse sql --warehouse ")
          .append(run.warehouse())
          .append(" \"select * from rejected_records_all where run_id = '")
          .append(run.runId())
          .append("'\"\n");
    }
    if (!run.absentKeys().isEmpty()) {
      text.append("Keys that records lack: ")
          .append(String.join(", ", run.absentKeys()))
          .append("; was one renamed in the source?\n");
    }
    if (total.quarantined() > 0) {
      text.append(total.quarantined())
          .append(
              run.warehouse().startsWith("snowflake:")
                  ? " files were not loaded; look: autopulse reconcile " + manifest + "\n"
                  : " files could not be read and are kept aside.\n");
    }
    text.append("It goes on where it ended with: autopulse run ").append(manifest).append('\n');
    return text.toString();
  }

  private static String loaded(LiveLoad total) {
    List<String> parts = new ArrayList<>();
    if (total.figures() > 0) {
      parts.add(String.format(Locale.ROOT, "%,d market figures", total.figures()));
    } else {
      parts.add(String.format(Locale.ROOT, "%,d sale versions", total.versions()));
      parts.add(String.format(Locale.ROOT, "%,d changes of KPIs", total.panes()));
    }
    if (total.features() > 0) {
      parts.add(String.format(Locale.ROOT, "%,d rows of trend features", total.features()));
    }
    return String.join(" and ", parts);
  }

  /** Returns the first of a list, and how many more there are. */
  public static String few(List<String> texts) {
    int shown = Math.min(3, texts.size());
    return String.join(", ", texts.subList(0, shown))
        + (shown < texts.size() ? " and " + (texts.size() - shown) + " more" : "");
  }

  /** Returns the rejected records by code, most first. */
  public static String rejected(LiveLoad load) {
    return load.rejected().entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(entry -> RunSummaryText.count(entry.getValue()) + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }
}
