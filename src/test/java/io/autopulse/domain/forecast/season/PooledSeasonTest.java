package io.autopulse.domain.forecast.season;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.AnyHistory;
import io.autopulse.domain.forecast.Method;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.simple.HistoricMean;
import io.autopulse.domain.forecast.simple.Naive;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class PooledSeasonTest {
  private static final double[] UP = {.4, .8, 1.2, 1.6};

  /** Registrations of a year in which plates change in January and July. */
  private static final double[] PLATES = {3.4, 1.3, 1.1, .8, .5, .2, 2.6, .9, .6, .35, .2, .05};

  private static final double[] ORDINARY = {.8, .9, 1.3, 1, 1, 1.2, .9, .8, 1.1, 1, 1, 1};

  private static Series quarters(String key, int year, int length, IntToDoubleFunction value) {
    return series(key, Step.QUARTER, 4, year, length, value);
  }

  private static Series series(
      String key, Step step, int season, int year, int length, IntToDoubleFunction value) {
    double[] values = new double[length];
    Arrays.setAll(values, value);
    return new Series(key, step, LocalDate.of(year, 1, 1), season, values);
  }

  private static double[] byCalendar(SeasonIndices indices) {
    double[] shares = new double[indices.byPhase().length];
    Arrays.fill(shares, 1);
    return indices.season(shares, 0);
  }

  @Test
  void siblingsOfOneSeasonAreForecastExactly() {
    List<Series> panel =
        List.of(
            quarters("small", 2018, 20, i -> 10 * UP[i % 4]),
            quarters("large", 2018, 21, i -> 900 * UP[i % 4]));

    double[][] means = new PooledSeason(new Naive()).forecast(panel, 5);

    assertArrayEquals(new double[] {4, 8, 12, 16, 4}, means[0], 1e-9);
    assertArrayEquals(new double[] {720, 1080, 1440, 360, 720}, means[1], 1e-9);
  }

  @Test
  void ofAPhaseSeenOnceAQuarterIsItsOwn() {
    // of all: (140 + 2 x 60) / 300 and (60 + 2 x 140) / 300; of this 3/4, of 1.4 and .6 the rest: 1
    List<Series> panel =
        List.of(
            quarters("short", 2020, 8, i -> i % 2 == 0 ? 140 : 60),
            quarters("long", 2020, 12, i -> i % 2 == 0 ? 60 : 140));

    List<SeasonIndices> indices = PooledSeason.indices(panel, .5);

    assertArrayEquals(new double[] {1, 1, 1, 1}, indices.get(0).byPhase(), 1e-9);
  }

  @Test
  void halfIsItsOwnWhereTheDifferenceIsNoMoreThanNoise() {
    double[] noise = {.9, 1.1, 1.15, .85, 1.05, .95};
    List<Series> panel =
        List.of(
            quarters("noisy", 2018, 24, i -> 100 * noise[i * 5 % 6] * noise[(i + i / 4) % 6]),
            quarters("large", 2018, 24, i -> 1e9 * UP[i % 4]));

    double[] own = byCalendar(PooledSeason.indices(panel.subList(0, 1), .5).get(0));
    double[] none = byCalendar(PooledSeason.indices(panel, 0).get(0));
    double[] half = byCalendar(PooledSeason.indices(panel, .5).get(0));
    double[] all = byCalendar(PooledSeason.indices(panel, 1).get(0));

    assertArrayEquals(own, all, 1e-9);
    double part = (none[0] - UP[0]) / (own[0] - UP[0]); // what the siblings leave of its own
    double expected = Math.max(.5, part);
    assertThat((half[0] - UP[0]) / (own[0] - UP[0]), is(closeTo(expected, 1e-6)));
  }

  @Test
  void seriesOfLessThanASeasonHasTheIndicesOfItsSiblingsByTheCalendar() {
    List<Series> panel =
        List.of(
            quarters("old", 2018, 22, i -> 100 * UP[i % 4]),
            new Series("new", Step.QUARTER, LocalDate.of(2023, 4, 1), 4, new double[] {16, 24}));

    assertArrayEquals(
        new double[] {32, 8}, new PooledSeason(new Naive()).forecast(panel, 2)[1], 1e-9);
  }

  @Test
  void importerWhosePlatesChangeTwiceAYearKeepsItsSeasonAmongOthers() {
    Random random = new Random(1);
    List<Series> panel = new ArrayList<>();
    for (int k = 0; k < 8; k++) {
      int size = 300 + 100 * k;
      panel.add(
          series(
              "make " + k,
              Step.MONTH,
              12,
              2018,
              72,
              i -> size * ORDINARY[i % 12] * (1 + .08 * random.nextGaussian())));
    }
    panel.add(
        series(
            "importer",
            Step.MONTH,
            12,
            2018,
            72,
            i -> 200 * PLATES[i % 12] * (1 + .08 * random.nextGaussian())));

    double[] mean = new PooledSeason(new HistoricMean()).forecast(panel, 12)[8];

    for (int h = 0; h < 12; h++) {
      assertThat(mean[h] / 200, is(closeTo(PLATES[h], .1 + .1 * PLATES[h])));
    }
  }

  @Test
  void valuesOfASmallIndexCountLess() {
    SeasonIndices indices = new SeasonIndices(new double[] {.1, 1.9}, 0);

    // levels of a season 100, 100, 105; of an index of .1, two fifths are trusted
    assertArrayEquals(
        new double[] {100, 100, 143}, indices.adjust(new double[] {10, 190, 20}), 1e-9);
    assertArrayEquals(
        new double[] {100, 100, 100},
        new SeasonIndices(new double[] {0, 2}, 0).adjust(new double[] {0, 200, 0}),
        1e-9);
  }

  @Test
  void monthInWhichNothingIsEverSoldIsForecastAsZero() {
    List<Series> panel = List.of(quarters("closed", 2018, 16, i -> i % 4 == 2 ? 0 : 40));

    assertArrayEquals(
        new double[] {40, 40, 0, 40}, new PooledSeason(new Naive()).forecast(panel, 4)[0], 1e-9);
  }

  @Test
  void orderOfTheSeriesChangesNothing() {
    Random random = new Random(7);
    List<Series> panel = new ArrayList<>();
    for (int k = 0; k < 9; k++) {
      panel.add(quarters("s" + k, 2015 + k % 4, 18 + k, i -> 50 * random.nextDouble()));
    }
    List<Series> reversed = new ArrayList<>(panel);
    Collections.reverse(reversed);

    double[][] means = new PooledSeason(new Naive()).forecast(panel, 3);
    double[][] others = new PooledSeason(new Naive()).forecast(reversed, 3);

    for (int k = 0; k < 9; k++) {
      assertArrayEquals(means[k], others[8 - k], 0);
    }
  }

  @Test
  void seriesOfOtherStepsDoNotShare() {
    Series quarters = quarters("quarters", 2018, 20, i -> 100 * UP[i % 4]);
    Series years = series("years", Step.YEAR, 4, 2000, 20, i -> i % 4 == 0 ? 1000 : 10);

    assertArrayEquals(
        UP, byCalendar(PooledSeason.indices(List.of(years, quarters), 0).get(1)), 1e-9);
  }

  @Test
  void everyHistoryIsAnswered() {
    PooledSeason pooled = new PooledSeason(new Naive());
    AnyHistory.check(
        new Method() {
          @Override
          public String name() {
            return pooled.name();
          }

          @Override
          public double[] forecast(double[] history, int season, int horizon) {
            LocalDate start = LocalDate.of(2020, 1, 6);
            Series series = new Series("a", Step.WEEK, start, season, history);
            Series sibling =
                series("b", Step.WEEK, season, 2020, 160, i -> 10 + i % Math.max(2, season));
            return pooled.forecast(List.of(series, sibling), horizon)[0];
          }
        });
  }

  @Test
  void partOutsideZeroAndOneIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new PooledSeason(new Naive(), 1.1));
  }
}
