package io.autopulse.domain.forecast.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.Series;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PastAccuracyTest {
  private static final LocalDate START = LocalDate.parse("2026-01-05");
  private static final AsOf NOW = new AsOf(LocalDate.parse("2026-02-15"), Step.WEEK);

  /** Six weeks; the season is longer than the history, so that errors are scaled by weeks. */
  private static final Series SOLD =
      new Series("NORTH", Step.WEEK, START, 52, new double[] {10, 14, 12, 12, 20, 8});

  private static PastForecast said(
      String method, int knownWeeks, int horizon, double mean, Double... bounds) {
    return new PastForecast(
        "region",
        "NORTH",
        START.plusWeeks(knownWeeks).minusDays(1),
        START.plusWeeks(knownWeeks + horizon - 1L),
        horizon,
        method,
        mean,
        List.of(bounds));
  }

  private static List<String> texts(List<AccuracyRow> rows, String method) {
    return rows.stream()
        .filter(row -> row.method().equals(method))
        .map(row -> String.join("|", row.texts().stream().map(String::valueOf).toList()))
        .toList();
  }

  @Test
  void errorsAreThoseThatAPersonWorksOut() {
    // After four weeks the changes were 4, 2, 0: 2 on average, and 20 / 3 squared.
    List<AccuracyRow> rows =
        PastAccuracy.of(
            SOLD,
            NOW,
            List.of(
                said("forecast", 4, 1, 15, 10.0, 19.0, 5.0, 25.0),
                said("forecast", 4, 2, 10, 6.0, 14.0, 0.0, 30.0),
                said("naive", 4, 1, 12),
                said("naive", 4, 2, 12)));
    assertThat(
        texts(rows, "forecast"),
        contains(
            // sold 20 + 8, errors -5 and 2: MASE (2.5 + 1) / 2, RMSSE sqrt((25 + 4) / 2 / (20/3))
            "region|NORTH|forecast|0|2|28.000000|-3.000000|7.000000|1.750000|1.474788|0.250000|-0.107143|0.500000|1.000000|3.000000|null",
            "region|NORTH|forecast|1|1|20.000000|-5.000000|5.000000|2.500000|1.936492|0.250000|-0.250000|0.000000|1.000000|4.000000|null",
            "region|NORTH|forecast|2|1|8.000000|2.000000|2.000000|1.000000|0.774597|0.250000|0.250000|1.000000|1.000000|2.000000|null"));
    assertThat(
        "a method without intervals covers nothing",
        texts(rows, "naive").get(0),
        is(
            "region|NORTH|naive|0|2|28.000000|-4.000000|12.000000|3.000000|2.449490|0.428571|-0.142857|null|null|3.000000|null"));
  }

  @Test
  void eachAsOfDateIsScaledByWhatWasKnownThen() {
    List<AccuracyRow> rows =
        PastAccuracy.of(SOLD, NOW, List.of(said("naive", 2, 1, 16), said("naive", 5, 1, 10)));
    // After two weeks one change of 4; after five 4, 2, 0, 8: 3.5. Errors 4 and 2.
    assertThat(rows.get(0).mase(), is((4.0 / 4 + 2 / 3.5) / 2));
    assertThat(rows.get(0).forecasts(), is(2));
  }

  @Test
  void seasonThatTheHistoryHoldsScalesTheError() {
    Series quarters = new Series("A", Step.WEEK, START, 2, new double[] {10, 14, 12, 12, 20, 8});
    // After four weeks, two weeks apart: 2, 2.
    assertThat(
        PastAccuracy.of(quarters, NOW, List.of(said("naive", 4, 1, 14))).get(0).mase(), is(3.0));
  }

  @Test
  void memberThatNeverChangedHasNoScaledError() {
    Series flat = new Series("A", Step.WEEK, START, 52, new double[] {3, 3, 3, 3, 3, 5});
    AccuracyRow row = PastAccuracy.of(flat, NOW, List.of(said("naive", 5, 1, 3))).get(0);
    assertThat(row.mase(), is((Double) null));
    assertThat(row.rmsse(), is((Double) null));
    assertThat(row.wape(), is(0.4));
  }

  @Test
  void memberWhoseSalesWereAllCancelledSoldNothing() {
    Series none = new Series("NORTH", Step.WEEK, LocalDate.parse("2026-02-16"), 52, new double[0]);
    AccuracyRow row = PastAccuracy.of(none, NOW, List.of(said("naive", 4, 1, 12))).get(0);
    assertThat(row.units(), is(0.0));
    assertThat(row.absoluteError(), is(12.0));
    assertThat(row.wape(), is((Double) null));
    assertThat(row.bias(), is((Double) null));
  }

  @Test
  void orderOfArrivalChangesNothing() {
    List<PastForecast> said = new ArrayList<>();
    for (int known = 1; known < 6; known++) {
      for (int horizon = 1; known + horizon <= 6; horizon++) {
        said.add(said("naive", known, horizon, 0.1 * known + horizon / 3.0));
      }
    }
    List<AccuracyRow> expected = PastAccuracy.of(SOLD, NOW, said);
    for (long seed = 1; seed <= 20; seed++) {
      Collections.shuffle(said, new Random(seed));
      assertThat("seed " + seed, PastAccuracy.of(SOLD, NOW, said), is(expected));
    }
  }
}
