package io.autopulse.domain.forecast.smoothing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.autopulse.domain.forecast.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** Histories that break forecasting methods. */
final class Extremes {
  private static final int[] LENGTHS = {0, 1, 2, 3, 4, 6, 7, 8, 13, 26, 40};
  private static final int[] SEASONS = {1, 3, 12};

  private Extremes() {}

  /** Checks that each history, at each length and season, has a finite forecast of full length. */
  static void assertFinite(Method method) {
    Random random = new Random(7);
    Map<String, IntToDoubleFunction> shapes = new LinkedHashMap<>();
    shapes.put("zero", i -> 0);
    shapes.put("constant", i -> 3.3);
    shapes.put("negative constant", i -> -8);
    shapes.put("rising", i -> i);
    shapes.put("falling below zero", i -> 10 - 3.0 * i);
    shapes.put("last one differs", i -> i % 100 == 2 ? 5 : 0);
    shapes.put("alternating", i -> i % 2 == 0 ? 1 : -1);
    shapes.put("small", i -> 1e-9 * (1 + i % 3));
    shapes.put("tiniest", i -> Double.MIN_VALUE * (i % 4));
    shapes.put("large", i -> 1e12 + 1e10 * (i % 7));
    shapes.put("huge", i -> 1e200 * (1 + i % 5));
    shapes.put("largest", i -> i % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE);
    shapes.put("exploding", i -> Math.pow(10, i % 60));
    shapes.put("rare", i -> i % 17 == 3 ? 4 : 0);
    shapes.put("noise", i -> random.nextGaussian());
    shapes.put("positive noise", i -> 50 + 9 * random.nextGaussian());
    shapes.forEach(
        (name, shape) -> {
          for (int length : LENGTHS) {
            double[] history = new double[length];
            Arrays.setAll(history, shape);
            double[] before = history.clone();
            for (int season : SEASONS) {
              String what = method.name() + " of " + length + " " + name + ", season " + season;
              double[] forecast = method.forecast(history, season, 14);
              assertEquals(14, forecast.length, what);
              for (double value : forecast) {
                assertTrue(Double.isFinite(value), what + ": " + Arrays.toString(forecast));
              }
              assertArrayEquals(before, history, what);
            }
          }
        });
  }
}
