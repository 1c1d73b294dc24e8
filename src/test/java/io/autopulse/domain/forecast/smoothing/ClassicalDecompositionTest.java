package io.autopulse.domain.forecast.smoothing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class ClassicalDecompositionTest {
  @Test
  void seasonIsWhatIsLeftOfTheTrend() {
    // 10, 11, 12, ... with 3, -1, -2 added
    double[] values = {13, 10, 10, 16, 13, 13, 19, 16, 16};
    assertArrayEquals(
        new double[] {3, -1, -2}, ClassicalDecomposition.season(values, 3, false), 1e-12);
  }

  @Test
  void factorsOfAnEvenSeasonHaveTheMeanOne() {
    double[] values = {5, 15, 5, 15, 5, 15};
    assertArrayEquals(
        new double[] {0.5, 1.5}, ClassicalDecomposition.season(values, 2, true), 1e-12);
    double[] quarters = {8, 10, 14, 8, 8, 10, 14, 8, 8};
    assertArrayEquals(
        new double[] {0.8, 1.0, 1.4, 0.8}, ClassicalDecomposition.season(quarters, 4, true), 1e-12);
  }
}
