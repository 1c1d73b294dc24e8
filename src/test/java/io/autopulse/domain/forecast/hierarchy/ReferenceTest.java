package io.autopulse.domain.forecast.hierarchy;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** MinT against dense matrices: numpy, scipy's NNLS and Nixtla's hierarchicalforecast 1.5.3. */
class ReferenceTest {
  private static final double[][] ERRORS = {
    {16, 2, 0, -6, -2, -2, 0, -2, 0, -1, -4},
    {8, 4, 7, 0, -2, -3, -3, 3, -2, -2, -1},
    {13, 1, -4, -2, 4, -1, -2, -1, 1, 4, -4},
    {-6, -4, -10, -3, -6, 6, 0, -5, 1, -1, -5},
    {-5, -3, -3, 0, -13, -1, 2, 3, 2, 2, 4},
    {-10, 4, -7, -2, -11, 5, 3, -1, 4, -1, 0}
  };

  private static void check(
      Hierarchy hierarchy, double[][] errors, double[] base, double... expected) {
    Coherent coherent =
        Reconciliation.by(Way.MINT, hierarchy, Forecasts.errors(errors)).apply(Forecasts.of(base));
    for (int i = 0; i < expected.length; i++) {
      assertThat(
          hierarchy.nodes().get(i).toString(), coherent.exact()[i][0], closeTo(expected[i], 1e-6));
    }
  }

  private static Hierarchy withCells() {
    return Forecasts.small("total", "model", "region", "model x region");
  }

  @Test
  void shrunkMinTIsThatOfNumpy() {
    check(
        withCells(),
        ERRORS,
        new double[] {90, 48, 26, 13, 38, 50, 19, 31, 16, 7, 12},
        86.00068459408959,
        49.24943283686041,
        24.042855570917588,
        12.708396186311603,
        35.6869544113961,
        50.3137301826935,
        18.985277685091493,
        30.26415515176891,
        16.70167672630461,
        7.341178844612981,
        12.708396186311603);
    assertThat(
        ErrorCovariance.of(ERRORS, new double[11]).shrinkage(), closeTo(0.7846452319187622, 1e-12));
  }

  @Test
  void withoutBiasItIsThatOfHierarchicalforecast() {
    double[][] unbiased = ERRORS.clone();
    unbiased[5] = new double[] {-26, 0, 10, 11, 19, 1, 3, 2, -2, -2, 10};
    check(
        withCells(),
        unbiased,
        new double[] {90, 48, 26, 13, 38, 50, 19, 31, 16, 7, 12},
        85.11726989593018,
        48.70074973019486,
        23.826151794631453,
        12.590368371103864,
        35.00031453529565,
        50.11695536063452,
        18.65452995637857,
        30.046219773816283,
        16.345784578917,
        7.480367215714,
        12.590368371103);
  }

  @Test
  void nodesWithoutForecastsOfCellsAreProjectedAsIfTheCellsWereFree() {
    // The pseudo-inverse of the summing matrix, in numpy: the cells' weights change no node.
    check(
        Forecasts.small("total", "model", "region"),
        Arrays.stream(ERRORS).map(row -> Arrays.copyOf(row, 6)).toArray(double[][]::new),
        new double[] {90, 48, 26, 13, 38, 50},
        88.04349942315028,
        48.159193707077655,
        26.6392133760723,
        13.245092340000319,
        38.026325296981376,
        50.0171741261689);
  }

  @Test
  void cellThatWouldBeNegativeIsHeldAtZeroAsByNnls() {
    // Without the bound the first cell is -0.345 and the others differ.
    check(
        withCells(),
        ERRORS,
        new double[] {40, 30, 8, 2, 4, 36, 0, 30, 6, 0, 3},
        40.525954483553704,
        30.57413888806216,
        6.8386649940814745,
        3.113150601410071,
        6.006170559174892,
        34.519783924378814,
        0.0,
        30.57413888806216,
        6.006170559174892,
        0.8324944349065821,
        3.113150601410071);
  }
}
