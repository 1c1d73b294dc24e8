package io.autopulse.domain.forecast.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.combine.Bias;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentBiasTest {
  private static final LocalDate START = LocalDate.parse("2026-08-03");

  /** Eight weeks of 100, but 50 in the last. */
  private static final Series SOLD =
      new Series(
          "NORTH", Step.WEEK, START, 52, new double[] {100, 100, 100, 100, 100, 100, 100, 50});

  /** What the vintage of the Sunday after so many weeks says of a week. */
  private static PastForecast said(int knownWeeks, int horizon, double mean) {
    return said(
        "region",
        LedgerRow.RECONCILED,
        START.plusWeeks(knownWeeks).minusDays(1),
        knownWeeks,
        horizon,
        mean);
  }

  private static PastForecast said(
      String dimension, String method, LocalDate asOf, int knownWeeks, int horizon, double mean) {
    return new PastForecast(
        dimension,
        "NORTH",
        asOf,
        START.plusWeeks(knownWeeks + horizon - 1L),
        horizon,
        method,
        mean,
        List.of());
  }

  @Test
  void lastFourVintagesCountOverTheirCompleteWeeks() {
    List<PastForecast> past =
        List.of(
            said(3, 1, 900),
            said(4, 1, 110),
            said(5, 1, 110),
            said(6, 1, 110),
            said(6, 2, 60),
            said(7, 1, 60),
            // Not complete yet.
            said(7, 2, 900));
    // 110 + 110 + 170 + 60 = 450 for 100 + 100 + 150 + 50 = 400.
    Bias bias = RecentBias.of(SOLD, past);
    assertThat(bias.share(), closeTo(0.125, 1e-12));
    assertThat(
        RecentBias.reason(bias),
        is(
            "the forecasts of the last 4 as-of dates were 12.5 % above what was sold: 5.9 % is taken out"));
    assertThat(
        RecentBias.reason(new Bias(-0.1, true)),
        is(
            "the forecasts of the last 4 as-of dates were 10.0 % below what was sold: 5.3 % is added"));
  }

  @Test
  void threeVintagesSayNothing() {
    assertThat(
        RecentBias.of(SOLD, List.of(said(4, 1, 200), said(5, 1, 200), said(6, 1, 200))).marked(),
        is(false));
  }

  @Test
  void ofAsOfDatesThatBeginWithTheSameWeekTheLastCounts() {
    LocalDate tuesday = START.plusWeeks(4).plusDays(1);
    List<PastForecast> past =
        new ArrayList<>(
            List.of(said(3, 1, 120), said(4, 1, 120), said(5, 1, 120), said(6, 1, 120)));
    past.add(said("region", LedgerRow.RECONCILED, tuesday, 4, 1, 100));
    // 120 + 100 + 120 + 120 for 400: the week from the fourth on was forecast again.
    assertThat(RecentBias.of(SOLD, past).share(), closeTo(0.15, 1e-12));
  }

  @Test
  void onlyRegionsAndPowertrainsAreMeasuredWithTheBiasInThem() {
    LocalDate sunday = START.plusWeeks(4).minusDays(1);
    assertThat(
        List.of("region", "powertrain", "model", "region x powertrain", "total").stream()
            .map(d -> RecentBias.counts(said(d, LedgerRow.RECONCILED, sunday, 4, 1, 1)))
            .toList(),
        is(List.of(true, true, false, false, false)));
    assertThat(RecentBias.counts(said("region", LedgerRow.FORECAST, sunday, 4, 1, 1)), is(false));
  }

  @Test
  void monthsAreMeasuredAlike() {
    Series months =
        new Series(
            "NORTH",
            Step.MONTH,
            LocalDate.parse("2026-01-01"),
            12,
            new double[] {0, 10, 10, 10, 10});
    List<PastForecast> past = new ArrayList<>();
    for (int month = 2; month <= 5; month++) {
      LocalDate period = LocalDate.of(2026, month, 1);
      past.add(
          new PastForecast(
              "powertrain",
              "NORTH",
              period.minusDays(1),
              period,
              1,
              LedgerRow.RECONCILED,
              9,
              List.of()));
    }
    assertThat(RecentBias.of(months, past).share(), closeTo(-0.1, 1e-12));
  }

  @Test
  void orderOfArrivalChangesNothing() {
    List<PastForecast> past = new ArrayList<>();
    for (int known = 1; known < 8; known++) {
      for (int horizon = 1; known + horizon <= 8; horizon++) {
        past.add(said(known, horizon, 100 + known / 3.0 + horizon / 7.0));
      }
    }
    Bias expected = RecentBias.of(SOLD, past);
    for (long seed = 1; seed <= 20; seed++) {
      Collections.shuffle(past, new Random(seed));
      assertThat("seed " + seed, RecentBias.of(SOLD, past), is(expected));
    }
  }
}
