package io.autopulse.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.autopulse.report.ForecastReport.Level;
import io.autopulse.report.ForecastReport.MemberLine;
import io.autopulse.testing.ForecastLedger;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastReportTest {
  @TempDir private Path folder;

  @Test
  void latestForecastsAreShownBesideHowEarlierOnesDid() throws Exception {
    try (Connection ledger = ForecastLedger.at(folder.resolve("a.duckdb"))) {
      ForecastReport report = ForecastReport.of(ledger, "week", 1).orElseThrow();

      assertThat(report.asOf(), is(LocalDate.parse("2026-11-15")));
      assertThat(report.firstPeriod(), is(LocalDate.parse("2026-11-16")));
      assertThat(report.lastPeriod(), is(LocalDate.parse("2026-11-30")));
      assertThat(
          report.levels().stream().map(Level::dimension).toList(), contains("total", "region"));
      Level region = report.levels().get(1);
      assertThat(region.members(), is(2L));
      assertThat(region.gated(), is(1L));
      assertThat(region.forecasts(), is(4L));
      // Two members: errors of 4 and 4 of 60 units, -2 and -2.
      assertThat(region.wape().doubleValue(), is(8 / 60.0));
      assertThat(region.bias().doubleValue(), is(-4 / 60.0));
      assertThat(region.naiveWape().doubleValue(), is(16 / 60.0));
      assertThat(region.seasonalRmsse().doubleValue(), is(1.0));
      assertThat(region.coverage80().doubleValue(), is(0.5));
    }
  }

  @Test
  void everyStepIsComparedWithTheOneBeforeAndMarkedMembersAreNamed() throws Exception {
    try (Connection ledger = ForecastLedger.at(folder.resolve("a.duckdb"))) {
      ForecastReport report = ForecastReport.of(ledger, "week", 0).orElseThrow();

      assertThat(
          report.steps().worth().stream()
              .filter(w -> w.dimension().equals("region"))
              .map(w -> w.method() + " " + w.forecasts() + " " + w.wape() + " " + w.added())
              .toList(),
          contains(
              // 16, 10, 12, 8, 8 and 6 of 60 units.
              "naive 4 0.266667 null",
              "seasonal_naive 4 0.166667 0.100000",
              "model 4 0.200000 -0.033333",
              "reconciled 4 0.133333 0.066667",
              "forecast 4 0.133333 0.000000",
              "override 4 0.100000 0.033333"));
      assertThat(
          report.steps().marked(),
          contains(
              new ForecastSteps.Marked(
                  "region", "SOUTH", new BigDecimal("0.080000"), "it was <better>")));
    }
  }

  @Test
  void asOfDateBeforeIsComparedWithWhatWasSoldSince() throws Exception {
    try (Connection ledger = ForecastLedger.at(folder.resolve("a.duckdb"))) {
      ForecastReport report = ForecastReport.of(ledger, "week", 0).orElseThrow();

      assertThat(
          report.since().stream()
              .map(s -> s.asOf() + " " + s.period() + " " + s.mean().intValue() + " " + s.sold())
              .toList(),
          contains("2026-11-01 2026-11-02 31 35", "2026-11-01 2026-11-09 32 36"));
      assertThat(report.series(), hasSize(0));
    }
  }

  @Test
  void membersOfMostUnitsComeWithTheirHistorySmallestDimensionFirst() throws Exception {
    try (Connection ledger = ForecastLedger.at(folder.resolve("a.duckdb"))) {
      ForecastReport report = ForecastReport.of(ledger, "week", 1).orElseThrow();

      assertThat(
          report.series().stream().map(MemberLine::member).toList(), contains("ALL", "NORTH"));
      MemberLine north = report.series().get(1);
      assertThat(north.sold().firstEntry().getValue(), is(20L));
      assertThat("a week without a row", north.sold().size(), is(6));
      assertThat(north.points(), hasSize(3));
      assertThat(north.points().get(2).mean(), is(23.0));
      assertThat(north.points().get(2).seasonalNaive(), is(23.0));
    }
  }

  @Test
  void emptyLedgerHasNoReport() throws Exception {
    try (Connection ledger = ForecastLedger.at(folder.resolve("a.duckdb"))) {
      assertThat(ForecastReport.of(ledger, "month", 1), is(Optional.empty()));
    }
  }
}
