package io.autopulse.cli.summary;

import io.autopulse.report.ForecastReport;
import io.autopulse.report.ForecastSteps.Worth;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What each step of making forecasts was worth, as the cells of a table. */
final class ForecastWorth {
  /** The headings: the level, how many forecasts are compared, and the steps. */
  static final List<String> HEADINGS =
      List.of(
          "level", "compared", "naive", "seasonal", "model", "reconciled", "published", "override");

  /** What the numbers are. */
  static final String NOTE =
      "What each step is worth: its WAPE and, in brackets, by how many points it is better than the step before.";

  private static final List<String> STEPS =
      List.of("naive", "seasonal_naive", "model", "reconciled", "forecast", "override");

  private ForecastWorth() {}

  /** Returns a row a dimension, in the order of the levels; none if nothing is compared yet. */
  static List<List<String>> rows(ForecastReport report) {
    List<List<String>> rows = new ArrayList<>();
    for (ForecastReport.Level level : report.levels()) {
      List<Worth> steps =
          report.steps().worth().stream()
              .filter(w -> w.dimension().equals(level.dimension()))
              .toList();
      if (!steps.isEmpty()) {
        List<String> row = new ArrayList<>();
        row.add(level.dimension());
        row.add(RunSummaryText.count(steps.get(0).forecasts()));
        for (String step : STEPS) {
          row.add(
              steps.stream()
                  .filter(worth -> worth.method().equals(step))
                  .map(worth -> cell(worth.wape(), worth.added()))
                  .findFirst()
                  .orElse(""));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static String cell(@Nullable BigDecimal wape, @Nullable BigDecimal added) {
    if (wape == null) {
      return "";
    }
    String share = String.format(Locale.ROOT, "%.1f %%", wape.movePointRight(2));
    return added == null
        ? share
        : share + String.format(Locale.ROOT, " (%+.1f)", added.movePointRight(2));
  }
}
