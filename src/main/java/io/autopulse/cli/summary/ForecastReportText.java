package io.autopulse.cli.summary;

import io.autopulse.cli.text.TextTable;
import io.autopulse.cli.text.TextTable.Column;
import io.autopulse.report.ForecastReport;
import io.autopulse.report.ForecastReport.Level;
import io.autopulse.report.ForecastReport.Since;
import io.autopulse.report.ForecastSteps.Marked;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The latest forecasts and how earlier ones did, for a terminal. */
public final class ForecastReportText {
  private ForecastReportText() {}

  /**
   * Returns the page: how earlier forecasts did by dimension, what each step was worth, whose
   * forecasts were biased, and the last one since.
   */
  public static String page(ForecastReport report) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%nForecasts as of %s, vintage %d: each %s from %s to %s%n%n",
            report.asOf(),
            report.vintage(),
            report.grain(),
            report.firstPeriod(),
            report.lastPeriod()));
    text.append(levels(report));
    text.append(worth(report));
    text.append(report.steps().marked().isEmpty() ? "" : "\n");
    report.steps().marked().forEach(marked -> text.append(marked(marked)));
    text.append(since(report));
    return text.toString();
  }

  private static String levels(ForecastReport report) {
    TextTable table =
        TextTable.of(
            Column.text("level"),
            Column.number("series"),
            Column.number("gated"),
            Column.number("compared"),
            Column.number("RMSSE"),
            Column.number("naive"),
            Column.number("seasonal"),
            Column.number("WAPE"),
            Column.number("naive"),
            Column.number("seasonal"),
            Column.number("bias"),
            Column.number("in 80 %"),
            Column.number("in 95 %"));
    boolean compared = false;
    for (Level level : report.levels()) {
      compared |= level.forecasts() > 0;
      table.row(
          level.dimension(),
          RunSummaryText.count(level.members()),
          RunSummaryText.count(level.gated()),
          RunSummaryText.count(level.forecasts()),
          number(level.rmsse()),
          number(level.naiveRmsse()),
          number(level.seasonalRmsse()),
          percent("%.1f %%", level.wape()),
          percent("%.1f %%", level.naiveWape()),
          percent("%.1f %%", level.seasonalWape()),
          percent("%+.1f %%", level.bias()),
          percent("%.0f %%", level.coverage80()),
          percent("%.0f %%", level.coverage95()));
    }
    return table.render()
        + (compared
            ? "\nErrors of the first vintages of the as-of dates of the last year, against what was sold since. naive: the"
                + " last value, seasonal: the\nlast season carried forward. gated: a simple method is published, because it"
                + " was better in the backtest.\n"
            : "\nNo period of an earlier forecast is complete yet: there is nothing to compare.\n");
  }

  private static String worth(ForecastReport report) {
    List<List<String>> rows = ForecastWorth.rows(report);
    if (rows.isEmpty()) {
      return "";
    }
    TextTable table =
        TextTable.of(
            ForecastWorth.HEADINGS.stream()
                .map(
                    heading ->
                        heading.equals("level") ? Column.text(heading) : Column.number(heading))
                .toArray(Column[]::new));
    rows.forEach(row -> table.row(row.toArray(String[]::new)));
    return "\n" + table.render() + "\n" + ForecastWorth.NOTE + "\n";
  }

  /** Returns the line of a member that is marked. */
  static String marked(Marked marked) {
    return String.format(
        Locale.ROOT, "Marked: %s %s, %s.%n", marked.dimension(), marked.member(), marked.reason());
  }

  private static String since(ForecastReport report) {
    if (report.since().isEmpty()) {
      return "";
    }
    TextTable table =
        TextTable.of(
            Column.text("total"),
            Column.number("forecast"),
            Column.number("80 % interval"),
            Column.number("sold"),
            Column.number("error"));
    for (Since period : report.since()) {
      table.row(
          period.period().toString(),
          units(period.mean()),
          units(period.lower80()) + " to " + units(period.upper80()),
          RunSummaryText.count(period.sold()),
          String.format(
              Locale.ROOT, "%+,.0f", period.mean().subtract(BigDecimal.valueOf(period.sold()))));
    }
    return String.format(
            "%nThe forecast as of %s, and what was sold since%n%n", report.since().get(0).asOf())
        + table.render();
  }

  private static String units(BigDecimal units) {
    return String.format(Locale.ROOT, "%,.0f", units);
  }

  private static String number(@Nullable BigDecimal value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String percent(String format, @Nullable BigDecimal share) {
    return share == null ? "" : String.format(Locale.ROOT, format, share.movePointRight(2));
  }
}
