package io.autopulse.cli.summary;

import io.autopulse.cli.text.TextTable;
import io.autopulse.cli.text.TextTable.Column;
import io.autopulse.report.KpiReport;
import io.autopulse.report.KpiReport.Member;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The KPIs of the last complete month on one page. */
public final class KpiReportText {
  private KpiReportText() {}

  /** Returns the page; a sentence if there is no complete month yet. */
  public static String of(Optional<KpiReport> report) {
    return report.map(KpiReportText::page).orElse("\nThere is no complete month of KPIs yet.\n");
  }

  private static String page(KpiReport report) {
    TextTable table =
        TextTable.of(
            Column.text(""),
            Column.text(""),
            Column.number("units"),
            Column.number("revenue"),
            Column.number("average price"),
            Column.number("share"),
            Column.number("change"));
    for (Map.Entry<String, List<Member>> dimension : report.members().entrySet()) {
      String heading = dimension.getKey();
      for (Member member : dimension.getValue()) {
        table.row(
            heading,
            member.name(),
            RunSummaryText.count(member.sold()),
            amount(member.revenue()),
            amount(member.averagePrice()),
            percent("%.1f %%", member.share()),
            percent("%+.1f %%", member.change()));
        heading = "";
      }
    }
    return "\nKPIs of "
        + report.month().toString().substring(0, 7)
        + ", change in units on "
        + report.before().toString().substring(0, 7)
        + "\n\n"
        + table.render();
  }

  private static String amount(@Nullable BigDecimal amount) {
    return amount == null ? "" : String.format(Locale.ROOT, "%,.0f", amount);
  }

  private static String percent(String format, @Nullable BigDecimal percent) {
    return percent == null ? "" : String.format(Locale.ROOT, format, percent);
  }
}
