package io.autopulse.domain.forecast.season;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.autopulse.domain.forecast.AnyHistory;
import io.autopulse.domain.forecast.Method;
import io.autopulse.domain.forecast.simple.Drift;
import io.autopulse.domain.forecast.simple.Naive;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class StlWithTest {
  private static final Naive NAIVE = new Naive();

  private static double[] values(int length, IntToDoubleFunction value) {
    double[] values = new double[length];
    Arrays.setAll(values, value);
    return values;
  }

  private static void check(Method method, double[] history, int season, double... expected) {
    assertArrayEquals(expected, method.forecast(history, season, expected.length), 1e-6);
  }

  /** Forecasts the same value, whatever the history. */
  private record Always(double value) implements Method {
    @Override
    public String name() {
      return "always";
    }

    @Override
    public double[] forecast(double[] history, int season, int horizon) {
      return values(horizon, h -> value);
    }
  }

  @Test
  void seasonIsAddedToTheForecastOfTheAdjustedSeries() {
    double[] pattern = {-30, 5, 10, 15};
    double[] history = values(21, i -> 100 + pattern[i % 4]);

    check(StlWith.plain(NAIVE), history, 4, 105, 110, 115, 70, 105);
    check(StlWith.plain(new Always(50)), history, 4, 55, 60, 65, 20, 55);
  }

  @Test
  void onLogsSeasonsMultiply() {
    double[] history = values(20, i -> i % 2 == 0 ? 50 : 200); // around the geometric mean, 100

    check(StlWith.logs(NAIVE), history, 2, 50, 200, 50);
    check(StlWith.logs(new Always(Math.log(150))), history, 2, 75, 300);
  }

  @Test
  void logsAreNotTakenOfASeriesWithAZero() {
    double[] history = values(20, i -> i % 2 == 0 ? 0 : 200);

    check(StlWith.logs(new Always(150)), history, 2, 50, 250);
  }

  @Test
  void forecastOfLogsStaysBetweenHalfAndTwiceTheLastTwoSeasons() {
    double[] history = values(20, i -> i % 2 == 0 ? 50 : 200);

    check(StlWith.logs(new Always(40)), history, 2, 100, 400);
    check(StlWith.logs(new Always(-40)), history, 2, 25, 100);
  }

  @Test
  void onlyTheLastValuesCount() {
    double[] history = values(40, i -> i < 20 ? 7000 : i % 2 == 0 ? 90 : 110);

    check(StlWith.plain(NAIVE).last(20), history, 2, 90, 110);
  }

  @Test
  void lessThanTwoSeasonsAreForecastAsTheyAre() {
    check(StlWith.plain(new Drift()), new double[] {1, 2, 3, 4, 5, 6, 7}, 4, 8, 9);
    check(StlWith.logs(new Always(40)), new double[] {1, 2, 3}, 2, 40, 40);
    check(StlWith.plain(new Drift()), new double[] {1, 2, 3, 4}, 1, 5, 6);
  }

  @Test
  void severalSeasonsAreAddedUp() {
    double[] history = values(48, i -> (i % 2 == 0 ? 10 : -10) + (i % 3 == 0 ? 20 : -10) + 100);

    assertArrayEquals(
        new double[] {130, 80, 100, 110, 100, 80},
        StlWith.plain(NAIVE).seasons(2, 3).forecast(history, 1, 6),
        .2);
  }

  @Test
  void everyHistoryIsAnswered() {
    AnyHistory.check(StlWith.plain(new Drift()));
    AnyHistory.check(StlWith.logs(new Drift()).last(260));
    AnyHistory.check(StlWith.plain(NAIVE).robust(2).seasons(4, 12));
  }

  @Test
  void nameSaysWhatIsDecomposedAndWhatForecasts() {
    assertThat(
        List.of(
            StlWith.plain(NAIVE).name(),
            StlWith.logs(NAIVE).last(260).name(),
            StlWith.plain(NAIVE).robust(3).name(),
            StlWith.plain(NAIVE).seasons(7, 365).name()),
        is(List.of("stl_naive", "stl_log_naive_last_260", "stl_robust_naive", "mstl_naive")));
  }
}
