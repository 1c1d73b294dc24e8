package io.autopulse.domain.forecast.smoothing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NelderMeadTest {
  private static final NelderMead.Objective BOWL =
      at -> 1e6 * ((at[0] - 3) * (at[0] - 3) + (at[1] + 1) * (at[1] + 1)) + 7;

  private static double[] minimise(NelderMead search, double[] lower, double[] upper) {
    return Arrays.copyOf(search.minimise(BOWL, new double[] {0, 1}, lower, upper, 2), 2);
  }

  @Test
  void minimumIsFound() {
    NelderMead search = new NelderMead(5);
    double[] free = {-100, -100};
    assertArrayEquals(new double[] {3, -1}, minimise(search, free, new double[] {100, 100}), 1e-4);
    assertEquals(7, search.minimum(), 1e-3);
  }

  @Test
  void boundsHoldAndTheWorkArraysAreUsedAgain() {
    NelderMead search = new NelderMead(2);
    double[] lower = {-100, -0.5};
    assertArrayEquals(new double[] {2, -0.5}, minimise(search, lower, new double[] {2, 100}), 1e-4);
    assertArrayEquals(
        new double[] {1, 0.25},
        minimise(search, new double[] {-9, 0.25}, new double[] {1, 9}),
        1e-4);
  }
}
