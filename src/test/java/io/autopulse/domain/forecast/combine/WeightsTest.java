package io.autopulse.domain.forecast.combine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WeightsTest {
  private static final double[][] TWO = {{1}, {1}};

  @Test
  void weightsAreInversePowersOfErrors() {
    // Relative errors 1 and 2: weights 4 to 1 with power 2, 16 to 1 with power 4.
    double[] own = {0, Math.log(2)};
    double[] siblings = {5, -5};
    assertArrayEquals(
        new double[] {0.8, 0.2}, new Weights(2, 0, 9).of(own, 8, siblings, TWO), 1e-12);
    assertArrayEquals(
        new double[] {16 / 17.0, 1 / 17.0}, new Weights(4, 0, 9).of(own, 8, siblings, TWO), 1e-12);
  }

  @Test
  void fewWindowsCountLessThanSiblings() {
    // One window against a trust of three: a quarter of log 16 is log 2.
    double[] own = {0, Math.log(16)};
    assertArrayEquals(
        new double[] {0.8, 0.2}, new Weights(2, 3, 9).of(own, 1, new double[] {0, 0}, TWO), 1e-12);
  }

  @Test
  void seriesWithoutWindowsHasTheWeightsOfItsSiblings() {
    assertArrayEquals(
        new double[] {0.2, 0.8},
        new Weights(2, 4, 9).of(new double[0], 0, new double[] {Math.log(2), 0}, TWO),
        1e-12);
  }

  @Test
  void methodWithoutErrorNeverTakesAllOfTheWeight() {
    double[] weights =
        new Weights(2, 0, 9).of(Weights.relative(new double[] {0, 1}), 8, new double[2], TWO);
    assertEquals(1, weights[0] + weights[1], 1e-12);
    assertTrue(weights[1] > 0.00009, () -> "weight " + weights[1]);
  }

  @Test
  void equalErrorsAndNoErrorsAtAllGiveEqualWeights() {
    assertArrayEquals(new double[] {0, 0, 0}, Weights.relative(new double[] {7, 7, 7}), 1e-12);
    assertArrayEquals(new double[] {0, 0}, Weights.relative(new double[] {0, 0}), 1e-12);
  }

  @Test
  void mixIsTheWeightedMeanByPeriod() {
    assertArrayEquals(
        new double[] {12, 28},
        Weights.mix(new double[][] {{10, 30}, {}, {20, 20}}, new double[] {0.8, 0, 0.2}, 2),
        1e-12);
  }

  @Test
  void methodThatDoesNotForecastHasNoWeightHoweverGoodItsSiblingsFoundIt() {
    double[][] forecasts = {{1}, {}, {1}};
    double[] siblings = {0, -3, 0};
    double[] own = {0, Double.NaN, Math.log(2)};
    assertArrayEquals(
        new double[] {0.8, 0, 0.2}, new Weights(2, 0, 9).of(own, 4, siblings, forecasts), 1e-12);
    // nor does it take the place of one of the best two
    assertArrayEquals(
        new double[] {0.8, 0, 0.2}, new Weights(2, 0, 2).of(own, 4, siblings, forecasts), 1e-12);
  }

  @Test
  void methodThatIsNewToASeriesHasTheWeightOfItsSiblings() {
    // the first is half its own and half its siblings': log 4 / 2 = log 2
    double[] own = {Math.log(4), Double.NaN};
    assertArrayEquals(
        new double[] {0.2, 0.8}, new Weights(2, 1, 9).of(own, 1, new double[] {0, 0}, TWO), 1e-12);
  }

  @Test
  void methodOfWhichNothingIsKnownHasNoWeightUnlessNothingIsKnownOfAny() {
    double[] nothing = {Double.NaN, Double.NaN};
    assertArrayEquals(
        new double[] {1, 0},
        new Weights(2, 1, 9).of(new double[0], 0, new double[] {7, Double.NaN}, TWO),
        1e-12);
    assertArrayEquals(
        new double[] {0.5, 0.5}, new Weights(2, 1, 9).of(nothing, 3, nothing, TWO), 1e-12);
  }

  @Test
  void errorsAreRelativeToThoseOfTheMethodsThatForecast() {
    double[] relative = Weights.relative(new double[] {1, Double.NaN, 1});
    assertArrayEquals(new double[] {0, Double.NaN, 0}, relative, 1e-12);
  }
}
