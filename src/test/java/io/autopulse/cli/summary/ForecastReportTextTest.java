package io.autopulse.cli.summary;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.autopulse.report.ForecastReport;
import io.autopulse.testing.ForecastLedger;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastReportTextTest {
  @TempDir private Path folder;

  private ForecastReport report() throws Exception {
    try (Connection ledger = ForecastLedger.at(folder.resolve("a.duckdb"))) {
      return ForecastReport.of(ledger, "week", 5).orElseThrow();
    }
  }

  @Test
  void tableHasALevelALineAndWhatWasSoldSince() throws Exception {
    String text = ForecastReportText.page(report());

    assertThat(
        text,
        containsString(
            "Forecasts as of 2026-11-15, vintage 1: each week from 2026-11-16 to 2026-11-30"));
    assertThat(
        text,
        containsString(
            "region       2      1         4  0.500  1.500     1.000  13.3 %  26.7 %    16.7 %  -6.7 %     50 %     50 %"));
    assertThat(text, containsString("The forecast as of 2026-11-01, and what was sold since"));
    assertThat(text, containsString("2026-11-09        32       28 to 34    36     -4"));
  }

  @Test
  void pageIsOneFileThatRunsNothingAndNamesEveryChart() throws Exception {
    String page = ForecastPage.html(report());

    assertThat(page, not(containsString("<script")));
    assertThat(page, not(containsString("http")));
    assertThat(page, containsString("prefers-color-scheme: dark"));
    assertThat(page, containsString("role=\"img\" aria-labelledby=\"t0 d0\""));
    assertThat(page, containsString("<title id=\"t0\">total ALL</title>"));
    assertThat(
        page,
        containsString(
            "From 2026-09-28 on: 31 units forecast for 2026-11-16, 80 % interval 28 to 34; 33 units for 2026-11-30, 28 to 34."));
    assertThat(
        "texts of the data are no markup",
        page,
        containsString("SOUTH: it rises. By naive: it was &lt;better&gt;."));
  }
}
