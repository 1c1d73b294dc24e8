package io.autopulse.domain.forecast.hierarchy;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class WaysToReconcileTest {
  private static double[] means(Coherent coherent) {
    return coherent.nodes().stream().mapToDouble(node -> node.mean()[0]).toArray();
  }

  private static Coherent by(Way way, Hierarchy hierarchy, double... base) {
    return Reconciliation.by(way, hierarchy, Backtest.none()).apply(Forecasts.of(base));
  }

  @Test
  void bottomUpAddsTheFinestForecasts() {
    // Finest are the cells A N, A S, B N, B S, C S; the total's own 100 is not used.
    Hierarchy hierarchy = Forecasts.small("total", "region", "model x region");
    assertThat(
        means(by(Way.BOTTOM_UP, hierarchy, 100, 60, 40, 1, 2, 3, 4, 5)),
        is(new double[] {15, 4, 11, 1, 2, 3, 4, 5}));
  }

  @Test
  void bottomUpDividesAmongCellsWithoutForecastsByTheirWeights() {
    // Models 10, 23, 5; A is N 20 : S 30, B is N 15 : S 8.
    Hierarchy hierarchy = Forecasts.small("total", "model", "region");
    assertThat(
        means(by(Way.BOTTOM_UP, hierarchy, 100, 10, 23, 5, 60, 40)),
        is(new double[] {38, 10, 23, 5, 19, 19}));
  }

  @Test
  void topDownDividesTheTotalByTheForecastsBelow() {
    // 100 by 30 : 20 is 60 : 40; within N 1 : 3, within S 2 : 4 : 4.
    Hierarchy hierarchy = Forecasts.small("total", "region", "model x region");
    assertThat(
        means(by(Way.TOP_DOWN, hierarchy, 100, 30, 20, 1, 2, 3, 4, 4)),
        is(new double[] {100, 60, 40, 15, 8, 45, 16, 16}));
  }

  @Test
  void topDownDividesEquallyWhereNothingBelowIsForecast() {
    Hierarchy hierarchy = Forecasts.small("total", "region");
    // N has the cells A (20) and B (15), S has A (30), B (8) and C (50).
    assertThat(means(by(Way.TOP_DOWN, hierarchy, 8, 0, 0)), is(new double[] {8, 4, 4}));
    Hierarchy cells =
        Hierarchy.of(
            List.of("model"),
            List.of("total", "model"),
            List.of(Forecasts.cell(0, "A"), Forecasts.cell(0, "B")));
    assertThat(means(by(Way.TOP_DOWN, cells, 6, 0, 0)), is(new double[] {6, 3, 3}));
  }

  @Test
  void forecastsThatAddUpStayAsTheyAre() {
    Hierarchy hierarchy = Forecasts.small("total", "model", "region");
    double[] base = {40, 12, 20, 8, 17, 23};
    assertThat(means(by(Way.MINT, hierarchy, base)), is(base));
    double[] others = {9, 0, 2, 7, 1, 8};
    assertThat(means(by(Way.MINT, hierarchy, others)), is(others));
  }

  @Test
  void endedNodeGetsNothing() {
    Hierarchy hierarchy = Forecasts.small("total", "model", "region");
    // C has ended, though it weighs most; the others' 30 is less than the total's 40.
    double[] means = means(by(Way.MINT, hierarchy, 40, 14, 16, 0, 15, 15));
    assertThat(means[3], is(0.0));
    assertThat(means[0], is(means[1] + means[2]));
  }

  @Test
  void totalOfTenthsIsRoundedFirst() {
    // 0.4 five times is 2: the largest remainders are equal, so names decide.
    Hierarchy hierarchy = Forecasts.small("total", "model x region");
    Coherent coherent = by(Way.BOTTOM_UP, hierarchy, 2, 0.4, 0.4, 0.4, 0.4, 0.4);
    assertThat(means(coherent), is(new double[] {2, 1, 1, 0, 0, 0}));
    assertThat(coherent.exact()[1][0], closeTo(0.4, 1e-12));
    // 0.3 + 1.9 + 0.2 + 0.9 + 0.2 = 3.5, rounded up to 4; the remainders .9, .9 and .3 win.
    assertThat(
        means(by(Way.BOTTOM_UP, hierarchy, 0, 0.3, 1.9, 0.2, 0.9, 0.2)),
        is(new double[] {4, 1, 2, 0, 1, 0}));
  }

  @Test
  void rareSalesAreNotRoundedAwayPeriodByPeriod() {
    // A third a week is one every third week, for the total and for each of its two halves.
    Hierarchy hierarchy =
        Hierarchy.of(
            List.of("dealer"),
            List.of("total", "dealer"),
            List.of(Forecasts.cell(1, "D1"), Forecasts.cell(1, "D2")));
    Coherent coherent =
        Reconciliation.by(Way.BOTTOM_UP, hierarchy, Backtest.none())
            .apply(
                Forecasts.paths(
                    new double[] {0.7, 0.7, 0.7, 0.7},
                    new double[] {0.35, 0.35, 0.35, 0.35},
                    new double[] {0.35, 0.35, 0.35, 0.35}));
    assertThat(coherent.nodes().get(0).mean(), is(new double[] {1, 1, 1, 1}));
    assertThat(coherent.nodes().get(1).mean(), is(new double[] {1, 0, 1, 0}));
    assertThat(coherent.nodes().get(2).mean(), is(new double[] {0, 1, 0, 1}));
    assertThat(coherent.cells()[1], is(new long[] {0, 1, 0, 1}));
  }

  @Test
  void boundsKeepTheirRatioToTheMean() {
    // Bottom up doubles the total: 20 of 10. Its bounds of 0.5 and 1.5 double with it.
    Hierarchy hierarchy =
        Hierarchy.of(
            List.of("model"),
            List.of("total", "model"),
            List.of(Forecasts.cell(1, "A"), Forecasts.cell(1, "B")));
    Coherent coherent = by(Way.BOTTOM_UP, hierarchy, 10, 8, 12);
    assertThat(coherent.nodes().get(0).lower80()[0], is(10.0));
    assertThat(coherent.nodes().get(0).upper80()[0], is(30.0));
    assertThat(coherent.nodes().get(2).lower95()[0], is(0.0));
    assertThat(coherent.nodes().get(2).upper95()[0], is(24.0));
  }

  @Test
  void boundOfAMeanThatIsAllButNothingGrowsNoFurtherThanItsMean() {
    Hierarchy hierarchy =
        Hierarchy.of(
            List.of("model"),
            List.of("total", "model"),
            List.of(Forecasts.cell(1, "A"), Forecasts.cell(1, "B")));
    // A's bound lies 2 above a mean of nothing; it is reconciled to 3, so its bound lies 3 times as
    // far.
    double[] own = {14, 2, 6};
    double[] ownMeans = {10, 1e-40, 4};
    double[] reconciled = {7, 3, 4};
    double[] upper = new Bounds(hierarchy).scaled(own, ownMeans, reconciled, reconciled, true);
    assertThat(upper[1], is(9.0));
    assertThat(upper[2], is(6.0));
    // The total's bound lies as far as that of its widest child.
    assertThat(upper[0], is(13.0));
    double[] lower =
        new Bounds(hierarchy)
            .scaled(new double[] {6, 0, 2}, ownMeans, reconciled, reconciled, false);
    assertThat(lower[1], is(0.0));
    assertThat(lower[2], is(2.0));
  }

  @Test
  void waysAreComparedByTheirErrorsInTheBacktest() {
    // Models are forecast right, the total twice too high: bottom-up is without error.
    Hierarchy hierarchy =
        Hierarchy.of(
            List.of("model"),
            List.of("total", "model"),
            List.of(Forecasts.cell(1, "A"), Forecasts.cell(1, "B")));
    double[][] forecast = {{20, 24}, {4, 5}, {6, 7}};
    double[][] actual = {{10, 12}, {4, 5}, {6, 7}};
    Reconciliation chosen =
        Reconciliation.chosen(
            hierarchy,
            new Backtest(new double[][][] {forecast, forecast}, new double[][][] {actual, actual}));
    assertThat(chosen.errors().get(0), is(new LevelError("total", "base", 4, 1.0, 1.0)));
    assertThat(chosen.errors().get(1), is(new LevelError("model", "base", 8, 0.0, 0.0)));
    assertThat(
        chosen.errors().contains(new LevelError("total", "top_down", 4, 1.0, 1.0)), is(true));
    assertThat(
        chosen.errors().contains(new LevelError("total", "bottom_up", 4, 0.0, 0.0)), is(true));
    assertThat(chosen.way(), is(Way.BOTTOM_UP));
  }

  @Test
  void topDownIsChosenWhereOnlyTheTotalIsForecastWell() {
    Hierarchy hierarchy =
        Hierarchy.of(
            List.of("model"),
            List.of("total", "model"),
            List.of(Forecasts.cell(1, "A"), Forecasts.cell(1, "B")));
    double[][] forecast = {{10, 12, 9}, {8, 10, 1}, {12, 14, 2}};
    double[][] actual = {{10, 12, 9}, {4, 5, 3}, {6, 7, 6}};
    Reconciliation chosen =
        Reconciliation.chosen(
            hierarchy,
            new Backtest(
                new double[][][] {forecast, forecast, forecast},
                new double[][][] {actual, actual, actual}));
    assertThat(chosen.way(), is(Way.TOP_DOWN));
  }

  @Test
  void withoutABacktestItIsMinT() {
    Hierarchy hierarchy = Forecasts.small("total", "model");
    Reconciliation chosen = Reconciliation.chosen(hierarchy, Backtest.none());
    assertThat(chosen.way(), is(Way.MINT));
    assertThat(chosen.errors(), is(List.of()));
  }

  @Test
  void forecastsOfAnotherNumberOrLengthAreRefused() {
    Hierarchy hierarchy = Forecasts.small("total");
    Reconciliation any = Reconciliation.by(Way.MINT, hierarchy, Backtest.none());
    assertThrows(IllegalArgumentException.class, () -> any.apply(Forecasts.of(1, 2)));
    Reconciliation two = Reconciliation.by(Way.MINT, Forecasts.small("region"), Backtest.none());
    assertThrows(
        IllegalArgumentException.class,
        () -> two.apply(Forecasts.paths(new double[] {1, 2}, new double[] {1})));
  }
}
