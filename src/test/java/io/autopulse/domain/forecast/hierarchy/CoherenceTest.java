package io.autopulse.domain.forecast.hierarchy;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.autopulse.domain.forecast.MemberForecast;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for any hierarchy and any forecasts. The seed is the parameter. */
class CoherenceTest {
  private static final int HORIZON = 6;

  private static double[][] drawn(Random random, int nodes, int horizon) {
    double[][] drawn = new double[nodes][horizon];
    for (double[] row : drawn) {
      double level = Math.max(0, random.nextInt(30) - 6);
      for (int h = 0; h < horizon; h++) {
        row[h] = level * random.nextDouble() * 2;
      }
    }
    return drawn;
  }

  private static Backtest backtest(Random random, int nodes) {
    double[][][] forecasts = new double[3][][];
    double[][][] actuals = new double[3][][];
    for (int w = 0; w < 3; w++) {
      forecasts[w] = drawn(random, nodes, HORIZON);
      actuals[w] = drawn(random, nodes, HORIZON);
    }
    return new Backtest(forecasts, actuals);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void nodesAreSumsOfCellsInWholeUnitsAndNothingIsNegative(long seed) {
    Random random = new Random(seed);
    Hierarchy hierarchy = Forecasts.published(Forecasts.drawn(random, 12, 4, 15, 90));
    int nodes = hierarchy.nodes().size();
    Backtest backtest = backtest(random, nodes);
    List<MemberForecast> base = Forecasts.paths(drawn(random, nodes, HORIZON));
    for (Way way : Way.values()) {
      Coherent coherent = Reconciliation.by(way, hierarchy, backtest).apply(base);
      for (int h = 0; h < HORIZON; h++) {
        double[] cells = new double[hierarchy.cells().size()];
        for (int c = 0; c < cells.length; c++) {
          cells[c] = coherent.cells()[c][h];
          assertThat(cells[c], greaterThanOrEqualTo(0.0));
        }
        double[] sums = hierarchy.sums(cells);
        for (int i = 0; i < nodes; i++) {
          MemberForecast node = coherent.nodes().get(i);
          assertThat(node.mean()[h], is(sums[i]));
          assertThat(node.lower95()[h], greaterThanOrEqualTo(0.0));
          assertThat(node.lower95()[h], lessThanOrEqualTo(node.lower80()[h]));
          assertThat(node.lower80()[h], lessThanOrEqualTo(node.mean()[h]));
          assertThat(node.mean()[h], lessThanOrEqualTo(node.upper80()[h]));
          assertThat(node.upper80()[h], lessThanOrEqualTo(node.upper95()[h]));
        }
        assertThat(sums[0], is((double) Math.round(coherent.exact()[0][h])));
        boundsOfTheTotalAreWithinTheSums(hierarchy, coherent, h);
      }
    }
  }

  private static void boundsOfTheTotalAreWithinTheSums(
      Hierarchy hierarchy, Coherent coherent, int h) {
    MemberForecast total = coherent.nodes().get(0);
    for (int d = 1; d < hierarchy.dimensions().size(); d++) {
      double upper = 0;
      double lower = 0;
      for (int i = hierarchy.firstNode(d); i < hierarchy.firstNode(d + 1); i++) {
        upper += coherent.nodes().get(i).upper80()[h];
        lower += coherent.nodes().get(i).lower80()[h];
      }
      assertThat(total.upper80()[h], lessThanOrEqualTo(upper + 1e-9));
      assertThat(total.lower80()[h], greaterThanOrEqualTo(lower - 1e-9));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void orderOfCellsChangesNothing(long seed) {
    Random random = new Random(seed);
    List<Cell> cells = Forecasts.drawn(random, 8, 3, 9, 40);
    Hierarchy hierarchy = Forecasts.published(cells);
    int nodes = hierarchy.nodes().size();
    Backtest backtest = backtest(random, nodes);
    List<MemberForecast> base = Forecasts.paths(drawn(random, nodes, HORIZON));
    List<Cell> shuffled = new ArrayList<>(cells);
    Collections.shuffle(shuffled, random);
    Reconciliation one = Reconciliation.chosen(hierarchy, backtest);
    Reconciliation other = Reconciliation.chosen(Forecasts.published(shuffled), backtest);
    assertThat(other.way(), is(one.way()));
    assertThat(other.errors(), is(one.errors()));
    assertThat(other.apply(base).cells(), is(one.apply(base).cells()));
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void unbiasedForecastsStayUnbiasedByMinT(long seed) {
    // MinT without bounds is linear and leaves coherent forecasts as they are. Errors of opposite
    // sign around the truth therefore give errors of opposite sign: their mean is the truth.
    Random random = new Random(seed);
    Hierarchy hierarchy = Forecasts.published(Forecasts.drawn(random, 6, 3, 6, 50));
    double[] cells = new double[hierarchy.cells().size()];
    for (int c = 0; c < cells.length; c++) {
      cells[c] = 100 + random.nextInt(100);
    }
    double[] truth = hierarchy.sums(cells);
    double[] above = new double[truth.length];
    double[] below = new double[truth.length];
    for (int i = 0; i < truth.length; i++) {
      double error = random.nextGaussian();
      above[i] = truth[i] + error;
      below[i] = truth[i] - error;
    }
    Reconciliation mint = Reconciliation.by(Way.MINT, hierarchy, backtest(random, truth.length));
    double[][] exactAbove = mint.apply(Forecasts.of(above)).exact();
    double[][] exactBelow = mint.apply(Forecasts.of(below)).exact();
    double[][] exactTruth = mint.apply(Forecasts.of(truth)).exact();
    for (int i = 0; i < truth.length; i++) {
      assertThat(exactTruth[i][0], closeTo(truth[i], 1e-4));
      assertThat((exactAbove[i][0] + exactBelow[i][0]) / 2, closeTo(truth[i], 1e-4));
    }
  }
}
