package io.autopulse.cli.summary;

import io.autopulse.pipeline.forecast.KnownMembers;
import io.autopulse.report.ForecastReport;
import io.autopulse.report.ForecastReport.MemberLine;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The forecasts as a page for a browser: one file without a script, light or dark as the reader's
 * system is. Every chart has a title and a description that screen readers read.
 */
public final class ForecastPage {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1d2733; --soft: #5c6875; --rule: #d8dee5; --paper: #ffffff;
        --sold: #1d2733; --forecast: #0b62c4; --naive: #b05a00; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --soft: #9aa7b4; --rule: #36414d; --paper: #14191f;
        --sold: #e6ebf0; --forecast: #6cb2ff; --naive: #ffb35c; } }
      body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: var(--ink); background: var(--paper);
        font: 16px/1.5 system-ui, sans-serif; }
      h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; } h3 { font-size: 1rem; margin: 1.5rem 0 0; }
      p { color: var(--soft); margin: .3rem 0; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; font-size: .9rem; width: 100%; }
      th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--rule); text-align: right; white-space: nowrap; }
      th:first-child, td:first-child { text-align: left; }
      svg { width: 100%; height: auto; display: block; }
      svg text { fill: var(--soft); font: 12px system-ui, sans-serif; }
      .grid { stroke: var(--rule); } .sold { stroke: var(--sold); } .forecast { stroke: var(--forecast); }
      .naive { stroke: var(--naive); stroke-dasharray: 5 4; }
      .line { fill: none; stroke-width: 1.6; }
      .wide95 { fill: var(--forecast); opacity: .16; } .wide80 { fill: var(--forecast); opacity: .26; }
      .key span { display: inline-block; width: 1.6rem; border-top: 2px solid; vertical-align: middle; margin: 0 .4rem 0 1rem; }
      """;

  private ForecastPage() {}

  /**
   * Returns the page.
   *
   * @param regressors what is known of regressors, for the table of what they are worth
   */
  public static String html(ForecastReport report, Optional<KnownMembers> regressors) {
    StringBuilder page = new StringBuilder();
    String title = "Forecasts as of " + report.asOf();
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>")
        .append(title)
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<h1>")
        .append(title)
        .append("</h1>\n<p>Units sold by ")
        .append(escape(report.grain()))
        .append(", ")
        .append(report.firstPeriod())
        .append(" to ")
        .append(report.lastPeriod())
        .append(", vintage ")
        .append(report.vintage())
        .append(". History as it is known now.</p>\n")
        .append(
            "<p class=\"key\"><span class=\"sold\" style=\"border-color:var(--sold)\"></span>sold"
                + "<span style=\"border-color:var(--forecast)\"></span>forecast, with its 80 % and 95 % intervals"
                + "<span style=\"border-color:var(--naive);border-top-style:dashed\"></span>the last season carried forward</p>\n");
    levels(report, page);
    List<List<String>> worth = ForecastWorth.rows(report);
    if (!worth.isEmpty()) {
      page.append("<p>").append(ForecastWorth.NOTE).append("</p>\n");
      table(ForecastWorth.HEADINGS, worth, page);
    }
    report
        .steps()
        .marked()
        .forEach(
            marked ->
                page.append("<p>")
                    .append(escape(ForecastReportText.marked(marked).strip()))
                    .append("</p>\n"));
    regressors.ifPresent(
        known -> {
          page.append("<h2>What regressors are worth out of sample</h2>\n");
          table(
              List.of("member", "regressor", "origins", "WAPE with", "without", ""),
              WhatIfText.rows(known),
              page);
        });
    String dimension = "";
    for (int i = 0; i < report.series().size(); i++) {
      MemberLine member = report.series().get(i);
      if (!member.dimension().equals(dimension)) {
        dimension = member.dimension();
        page.append("<h2>").append(escape(dimension)).append("</h2>\n");
      }
      page.append("<h3>").append(escape(member.member())).append("</h3>\n<p>");
      page.append(escape(describe(member))).append("</p>\n");
      page.append(new ForecastChart(report, member, i).svg());
    }
    return page.append("</body>\n</html>\n").toString();
  }

  private static String describe(MemberLine member) {
    String made = "By " + member.madeBy().replace('_', ' ');
    return (member.sentence() == null ? "" : member.sentence() + " ")
        + (member.reason() == null ? made : made + ": " + member.reason())
        + ".";
  }

  private static void levels(ForecastReport report, StringBuilder page) {
    page.append("<h2>How earlier forecasts did</h2>\n");
    table(
        List.of(
            "level",
            "series",
            "gated",
            "compared",
            "WAPE",
            "naive",
            "seasonal naive",
            "bias",
            "in 80 %",
            "in 95 %"),
        report.levels().stream()
            .map(
                level ->
                    List.of(
                        level.dimension(),
                        RunSummaryText.count(level.members()),
                        RunSummaryText.count(level.gated()),
                        RunSummaryText.count(level.forecasts()),
                        percent("%.1f %%", level.wape()),
                        percent("%.1f %%", level.naiveWape()),
                        percent("%.1f %%", level.seasonalWape()),
                        percent("%+.1f %%", level.bias()),
                        percent("%.0f %%", level.coverage80()),
                        percent("%.0f %%", level.coverage95())))
            .toList(),
        page);
  }

  private static void table(List<String> headings, List<List<String>> rows, StringBuilder page) {
    page.append("<div class=\"wide\"><table>\n<tr>");
    headings.forEach(heading -> page.append("<th scope=\"col\">").append(heading).append("</th>"));
    page.append("</tr>\n");
    for (List<String> row : rows) {
      page.append("<tr>");
      row.forEach(cell -> page.append("<td>").append(escape(cell)).append("</td>"));
      page.append("</tr>\n");
    }
    page.append("</table></div>\n");
  }

  private static String percent(String format, @Nullable BigDecimal share) {
    return share == null ? "–" : String.format(Locale.ROOT, format, share.movePointRight(2));
  }

  /** Returns a text that HTML and SVG show as it is. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
