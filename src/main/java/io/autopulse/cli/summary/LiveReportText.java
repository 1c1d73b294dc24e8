package io.autopulse.cli.summary;

import io.autopulse.cli.text.TextTable;
import io.autopulse.cli.text.TextTable.Column;
import io.autopulse.report.LiveReport;
import io.autopulse.report.LiveReport.Member;
import java.util.Locale;

/** The KPIs of the window that is open now, as text. */
public final class LiveReportText {
  private LiveReportText() {}

  /** Returns the business in one line. */
  public static String headline(LiveReport report) {
    return String.format(
        Locale.ROOT,
        "%s %s: %s sold, %s cancelled, %s returned, revenue %,.0f",
        report.grain(),
        report.start(),
        RunSummaryText.count(report.sold()),
        RunSummaryText.count(report.cancelled()),
        RunSummaryText.count(report.returned()),
        report.revenue());
  }

  /** Returns the strongest members as lines that end with a newline. */
  public static String table(LiveReport report) {
    TextTable table =
        TextTable.of(
            Column.text(""), Column.text(""), Column.number("units"), Column.number("revenue"));
    report
        .strongest()
        .forEach(
            (dimension, members) -> {
              String heading = dimension;
              for (Member member : members) {
                table.row(
                    heading,
                    member.name(),
                    RunSummaryText.count(member.sold()),
                    String.format(Locale.ROOT, "%,.0f", member.revenue()));
                heading = "";
              }
            });
    return table.render();
  }
}
