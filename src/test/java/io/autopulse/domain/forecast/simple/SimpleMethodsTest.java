package io.autopulse.domain.forecast.simple;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.autopulse.domain.forecast.AnyHistory;
import io.autopulse.domain.forecast.Method;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimpleMethodsTest {
  private static final double[] TWO_YEARS = {10, 20, 30, 40, 12, 24, 36, 60};

  private static void check(Method method, double[] history, int season, double... expected) {
    assertArrayEquals(expected, method.forecast(history, season, expected.length), 1e-12);
  }

  @Test
  void naiveCarriesTheLastValueAndNothingAsZero() {
    check(new Naive(), TWO_YEARS, 4, 60, 60, 60);
    check(new Naive(), new double[0], 4, 0, 0);
  }

  @Test
  void seasonalNaiveCarriesTheLastSeasonAsOftenAsNeeded() {
    check(new SeasonalNaive(), TWO_YEARS, 4, 12, 24, 36, 60, 12, 24);
    check(new SeasonalNaive(), new double[] {5, 7}, 2, 5, 7, 5);
  }

  @Test
  void seasonalNaiveOfLessThanASeasonIsNaive() {
    check(new SeasonalNaive(), new double[] {5, 7, 9}, 4, 9, 9, 9, 9, 9);
  }

  @Test
  void driftExtendsTheLineFromTheFirstToTheLastValue() {
    check(new Drift(), new double[] {10, 3, 16}, 1, 19, 22, 25);
    check(new Drift(), new double[] {10, 90, 90, -5}, 4, -10, -15);
    check(new Drift(), new double[] {8}, 1, 8, 8);
  }

  @Test
  void historicMeanIsTheMeanOfAll() {
    check(new HistoricMean(), new double[] {1, 2, 6}, 2, 3, 3);
    check(new HistoricMean(), new double[0], 2, 0);
  }

  @Test
  void yearOverYearScalesTheLastSeasonByTheGrowthOfTheLastPeriods() {
    // 36 + 60 against 30 + 40
    double growth = 96.0 / 70;
    check(
        new YearOverYear(2, 2),
        TWO_YEARS,
        4,
        12 * growth,
        24 * growth,
        36 * growth,
        60 * growth,
        12 * growth);
  }

  @Test
  void yearOverYearComparesAQuarterOfTheSeasonByDefault() {
    // of one quarter year: 44 against 40
    check(new YearOverYear(), new double[] {9, 9, 9, 40, 12, 24, 36, 44}, 4, 13.2, 26.4);
    check(new YearOverYear(), TWO_YEARS, 4, 12 * 1.2, 24 * 1.2);
  }

  @Test
  void growthStaysWithinItsBounds() {
    check(new YearOverYear(1, 2), new double[] {1, 1, 1, 9}, 2, 2, 18);
    check(new YearOverYear(1, 2), new double[] {8, 8, 8, 0}, 2, 4, 0);
  }

  @Test
  void yearOverYearComparesThePeriodsThatHaveOneASeasonBefore() {
    check(new YearOverYear(3, 2), new double[] {10, 20, 30, 40, 15}, 4, 30, 45, 60, 22.5);
  }

  @Test
  void withoutAYearBeforeThereIsNoGrowth() {
    check(new YearOverYear(), new double[] {10, 20, 30, 40}, 4, 10, 20, 30, 40);
    check(new YearOverYear(1, 2), new double[] {5, 0, 5, 7}, 2, 5, 7);
    check(new YearOverYear(1, 2), new double[] {5, -4, 5, 7}, 2, 5, 7);
    check(new YearOverYear(1, 2), new double[] {5, 6}, 1, 6);
  }

  @Test
  void everyHistoryIsAnswered() {
    for (Method method :
        List.of(
            new Naive(),
            new SeasonalNaive(),
            new Drift(),
            new HistoricMean(),
            new YearOverYear(),
            new YearOverYear(13, 3))) {
      AnyHistory.check(method);
    }
  }

  @Test
  void namesAreThoseThatArePublished() {
    assertThat(
        List.of(
                new Naive(),
                new SeasonalNaive(),
                new Drift(),
                new HistoricMean(),
                new YearOverYear())
            .stream()
            .map(Method::name)
            .toList(),
        is(List.of("naive", "seasonal_naive", "drift", "historic_mean", "year_over_year")));
  }
}
