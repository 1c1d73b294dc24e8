package io.autopulse.domain.forecast.interval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformalTest {
  private static final int DRAWS = 40_000;

  @Test
  void quantileIsTheValueOfItsRank() {
    // Rank 10 x 0.8 = 8.
    assertEquals(8, Conformal.quantile(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 0.8), 1e-9);
    // Rank 5 x 0.5 = 2.5, between 20 and 30.
    assertEquals(25, Conformal.quantile(new double[] {10, 20, 30, 40}, 0.5), 1e-9);
    assertEquals(0, Conformal.quantile(new double[0], 0.8));
  }

  @Test
  void quantileAboveTheLastRankIsThatOfStudent() {
    // Nine scores whose mean square is 1; t(0.975, 9) = 2.26216.
    double[] ones = new double[9];
    Arrays.fill(ones, 1);
    assertEquals(2.26216, Conformal.quantile(ones, 0.95), 1e-5);
  }

  @Test
  void studentsQuantilesAreThoseOfTheTables() {
    assertEquals(12.7062, StudentT.quantile(0.975, 1), 1e-4);
    assertEquals(4.30265, StudentT.quantile(0.975, 2), 1e-5);
    assertEquals(2.13145, StudentT.quantile(0.975, 15), 1e-5);
    assertEquals(1.31042, StudentT.quantile(0.9, 30), 1e-5);
  }

  @ParameterizedTest
  @CsvSource({
    "9, 0.8",
    "15, 0.8",
    "30, 0.8",
    "100, 0.8",
    "9, 0.95",
    "15, 0.95",
    "30, 0.95",
    "100, 0.95"
  })
  void nextOfExchangeableErrorsIsCoveredAsOftenAsIsSaid(int n, double coverage) {
    assertEquals(100 * coverage, covered(n, coverage, Random::nextGaussian), 1);
  }

  @ParameterizedTest
  @CsvSource({"9, 0.8", "15, 0.8", "30, 0.95", "100, 0.95"})
  void soIsThatOfErrorsThatAreNotNormal(int n, double coverage) {
    assertEquals(100 * coverage, covered(n, coverage, random -> random.nextDouble() - 0.5), 1);
    assertEquals(
        100 * coverage,
        covered(
            n, coverage, random -> Math.log(random.nextDouble()) * (random.nextBoolean() ? 1 : -1)),
        1);
  }

  private static double covered(int n, double coverage, ToDoubleFunction<Random> error) {
    Random random = new Random(5);
    int covered = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      double[] sizes = new double[n];
      for (int i = 0; i < n; i++) {
        sizes[i] = Math.abs(error.applyAsDouble(random));
      }
      Arrays.sort(sizes);
      covered +=
          Math.abs(error.applyAsDouble(random)) <= Conformal.quantile(sizes, coverage) ? 1 : 0;
    }
    return 100.0 * covered / DRAWS;
  }
}
