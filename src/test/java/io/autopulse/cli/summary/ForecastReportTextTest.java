package io.autopulse.cli.summary;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.regress.KnownRegressors;
import io.autopulse.domain.kpi.Dimension;
import io.autopulse.pipeline.forecast.ForecastJob;
import io.autopulse.pipeline.forecast.KnownMembers;
import io.autopulse.pipeline.manifest.JobSpec;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.ManifestReader;
import io.autopulse.pipeline.run.RunRequest;
import io.autopulse.report.ForecastReport;
import io.autopulse.testing.ForecastLedger;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    assertThat(
        text,
        containsString(
            "region         4  26.7 %  16.7 % (+10.0)  20.0 % (-3.3)  13.3 % (+6.7)  13.3 % (+0.0)  10.0 % (+3.3)"));
    assertThat(text, containsString("Marked: region SOUTH, it was <better>."));
    assertThat(text, containsString("The forecast as of 2026-11-01, and what was sold since"));
    assertThat(text, containsString("2026-11-09        32       28 to 34    36     -4"));
  }

  /** What is known of regressors: the total of ten weeks, and no value. */
  private static KnownMembers regressors() {
    Series weeks = new Series("ALL", Step.WEEK, LocalDate.parse("2026-09-07"), 52, new double[10]);
    Manifest manifest =
        new ManifestReader(Map.of()).read(Path.of("pipelines/weekly-forecast.yaml"), List.of());
    ForecastJob job =
        ForecastJob.of(
            new RunRequest(manifest, Optional.empty(), Optional.empty(), "test"),
            manifest.spec(JobSpec.Forecast.class),
            Instant.parse("2026-11-16T09:00:00Z"));
    return new KnownMembers(
        job,
        List.of(
            new KnownMembers.Member(
                Dimension.TOTAL, weeks, KnownRegressors.of(weeks, Map.of(), 13))));
  }

  @Test
  void pageIsOneFileThatRunsNothingAndNamesEveryChart() throws Exception {
    String page = ForecastPage.html(report(), Optional.of(regressors()));

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
        page, containsString("<td>region</td><td>4</td><td>26.7 %</td><td>16.7 % (+10.0)</td>"));
    assertThat(page, containsString("<p>Marked: region SOUTH, it was &lt;better&gt;.</p>"));
    assertThat(
        "the table of regressors",
        page,
        containsString(
            "<td>total</td><td>registrations</td><td></td><td></td><td></td><td>no values</td>"));
    assertThat(
        "texts of the data are no markup",
        page,
        containsString("SOUTH: it rises. By naive: it was &lt;better&gt;."));
  }
}
