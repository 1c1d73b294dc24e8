package io.autopulse.domain.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** The histories that every method must answer with finite values. */
public final class AnyHistory {
  private static final int[] LENGTHS = {
    0, 1, 2, 3, 4, 5, 7, 8, 11, 12, 13, 23, 24, 25, 36, 40, 103, 104, 105, 157, 260, 300
  };
  private static final int[] SEASONS = {1, 2, 4, 12, 52};
  private static final int[] HORIZONS = {1, 13, 60};

  private AnyHistory() {}

  /** Checks that a method answers each of them, leaves it alone and is a function. */
  public static void check(Method method) {
    for (double[] history : histories()) {
      double[] before = history.clone();
      for (int season : SEASONS) {
        for (int horizon : HORIZONS) {
          double[] mean = method.forecast(history, season, horizon);
          String which =
              method.name()
                  + " of "
                  + history.length
                  + " values, season "
                  + season
                  + ": "
                  + Arrays.toString(Arrays.copyOf(history, Math.min(8, history.length)));
          assertEquals(horizon, mean.length, which);
          for (double value : mean) {
            assertTrue(Double.isFinite(value), () -> which + " gives " + Arrays.toString(mean));
          }
          assertArrayEquals(before, history, which);
          assertArrayEquals(mean, method.forecast(history, season, horizon), which);
        }
      }
    }
  }

  private static List<double[]> histories() {
    Random random = new Random(20);
    List<IntToDoubleFunction> shapes =
        List.of(
            i -> 0,
            i -> 7.5,
            i -> -7.5,
            i -> i,
            i -> 300 - i * i,
            i -> i % 12 == 0 ? 100 : 0,
            i -> i == 0 ? 5 : 0,
            i -> i % 2 == 0 ? 1e300 : -1e300,
            i -> i == 3 ? Double.MAX_VALUE : 1,
            i -> Double.MIN_VALUE,
            i -> Math.exp(i),
            i -> random.nextInt(10) == 0 ? random.nextInt(5) : 0,
            i -> 1000 + 300 * Math.sin(i * Math.PI / 26) + random.nextGaussian() * 50,
            i -> random.nextGaussian());
    List<double[]> histories = new ArrayList<>();
    for (int length : LENGTHS) {
      for (IntToDoubleFunction shape : shapes) {
        double[] history = new double[length];
        Arrays.setAll(history, shape);
        histories.add(history);
      }
    }
    return histories;
  }
}
