package io.autopulse.cli.forecast;

import io.autopulse.cli.text.TextTable;
import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.accuracy.Measures;
import io.autopulse.domain.forecast.accuracy.Tally;
import io.autopulse.domain.forecast.interval.Bounds;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The accuracy of forecasts by group and in total, beside those of the simple forecasts. */
final class AccuracyTable {
  private static final String TOTAL = "all";

  private final int season;
  private final Map<String, Map<String, Tally>> groups = new TreeMap<>();
  private final Map<String, Tally> total = new LinkedHashMap<>();

  /**
   * Makes an empty table.
   *
   * @param season the season of the scale and of naive 2
   */
  AccuracyTable(int season) {
    this.season = season;
  }

  /**
   * Adds a forecast.
   *
   * @param group the group of its series; empty for none
   * @param history what was known
   * @param actual what came
   * @param forecast the forecast
   */
  void add(String group, double[] history, double[] actual, MemberForecast forecast) {
    add(total, history, actual, forecast);
    if (!group.isEmpty()) {
      add(groups.computeIfAbsent(group, g -> new LinkedHashMap<>()), history, actual, forecast);
    }
  }

  private void add(
      Map<String, Tally> tallies, double[] history, double[] actual, MemberForecast forecast) {
    Bounds bounds =
        new Bounds(forecast.lower80(), forecast.upper80(), forecast.lower95(), forecast.upper95());
    tally(tallies, "autopulse").add(history, actual, forecast.mean(), bounds);
    tally(tallies, "naive").add(history, actual, forecast.naive(), null);
    tally(tallies, "seasonal naive").add(history, actual, forecast.seasonalNaive(), null);
  }

  private Tally tally(Map<String, Tally> tallies, String method) {
    return tallies.computeIfAbsent(method, m -> new Tally(season));
  }

  /** Returns the table as text. */
  String render() {
    TextTable table =
        TextTable.of(
            TextTable.Column.text("group"),
            TextTable.Column.text("method"),
            TextTable.Column.number("forecasts"),
            TextTable.Column.number("MASE"),
            TextTable.Column.number("sMAPE %"),
            TextTable.Column.number("OWA"),
            TextTable.Column.number("WAPE %"),
            TextTable.Column.number("to seasonal"),
            TextTable.Column.number("RMSSE"),
            TextTable.Column.number("MSIS95"),
            TextTable.Column.number("bias %"),
            TextTable.Column.number("in 80 %"),
            TextTable.Column.number("in 95 %"));
    groups.forEach((group, tallies) -> rows(table, group, tallies));
    rows(table, TOTAL, total);
    return table.render();
  }

  private static void rows(TextTable table, String group, Map<String, Tally> tallies) {
    Tally seasonal = tallies.get("seasonal naive");
    double reference = seasonal == null ? Double.NaN : seasonal.measures().wape();
    tallies.forEach(
        (method, tally) -> {
          Measures m = tally.measures();
          table.row(
              group,
              method,
              String.format(Locale.ROOT, "%,d", m.forecasts()),
              number("%.3f", m.mase()),
              number("%.2f", m.smape()),
              number("%.3f", m.owa()),
              number("%.2f", 100 * m.wape()),
              number("%.3f", m.wape() / reference),
              number("%.3f", m.rmsse()),
              number("%.2f", m.msis95()),
              number("%+.1f", 100 * m.bias()),
              number("%.1f", 100 * m.coverage80()),
              number("%.1f", 100 * m.coverage95()));
        });
  }

  private static String number(String format, double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
  }

  /** Returns how many of the forecasts had no scale. */
  int unscaled() {
    Tally tally = total.get("autopulse");
    return tally == null ? 0 : tally.measures().unscaled();
  }
}
