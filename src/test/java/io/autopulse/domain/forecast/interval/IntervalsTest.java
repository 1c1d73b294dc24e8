package io.autopulse.domain.forecast.interval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalsTest {
  private static final int HORIZON = 6;

  /** A past of errors that grow with the root of the horizon, skewed if asked. */
  private static Past past(Random random, int windows, double level, double error, boolean skewed) {
    double[][] forecasts = new double[windows][HORIZON];
    double[][] actuals = new double[windows][HORIZON];
    for (int w = 0; w < windows; w++) {
      for (int h = 0; h < HORIZON; h++) {
        forecasts[w][h] = level;
        double draw = skewed ? -Math.log(random.nextDouble()) - 1 : random.nextGaussian();
        actuals[w][h] = level + error * Math.sqrt(h + 1) * draw;
      }
    }
    return new Past(forecasts, actuals, error, 0);
  }

  private static double[] level(double value) {
    double[] level = new double[HORIZON];
    java.util.Arrays.fill(level, value);
    return level;
  }

  @Test
  void boundsAreInOrderNeverNegativeAndGrowWithTheHorizon() {
    Random random = new Random(3);
    List<Past> panel = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      panel.add(past(random, 5, 10, 1 + i, i % 2 == 0));
    }
    Intervals intervals = Intervals.of(panel, HORIZON);
    for (Past past : panel) {
      double[] mean = level(10);
      Bounds bounds = intervals.bounds(mean, past);
      for (int h = 0; h < HORIZON; h++) {
        assertTrue(0 <= bounds.lower95()[h]);
        assertTrue(bounds.lower95()[h] <= bounds.lower80()[h]);
        assertTrue(bounds.lower80()[h] <= mean[h]);
        assertTrue(mean[h] <= bounds.upper80()[h]);
        assertTrue(bounds.upper80()[h] <= bounds.upper95()[h]);
        assertTrue(h == 0 || bounds.upper80()[h] >= bounds.upper80()[h - 1]);
      }
      assertTrue(bounds.upper80()[HORIZON - 1] > 1.5 * bounds.upper80()[0] - 5);
    }
  }

  @Test
  void yearsThatWereHarderThanTheLatestWindowsDoNotMakeIntervalsWide() {
    // errors of 1 in the latest four windows, of 4 in the four before; all of them would say 4
    List<Past> panel = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      double[][] forecasts = new double[8][];
      double[][] actuals = new double[8][HORIZON];
      for (int w = 0; w < 8; w++) {
        forecasts[w] = level(100);
        for (int h = 0; h < HORIZON; h++) {
          actuals[w][h] = 100 + ((w + h + i) % 2 == 0 ? 1 : -1) * (w < 4 ? 1 : 4);
        }
      }
      panel.add(new Past(forecasts, actuals, 1, 0));
    }
    Bounds bounds = Intervals.of(panel, HORIZON).bounds(level(100), panel.get(0));
    assertEquals(101, bounds.upper80()[0], 0.5);
    assertEquals(99, bounds.lower80()[0], 0.5);
  }

  @Test
  void nextErrorsOfAPanelAreCoveredAsOftenAsIsSaid() {
    Random random = new Random(8);
    List<Past> panel = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      panel.add(past(random, 3, 1e6, 1 + i % 7, false));
    }
    Intervals intervals = Intervals.of(panel, HORIZON);
    int in80 = 0;
    int in95 = 0;
    int all = 0;
    for (int i = 0; i < 300; i++) {
      Bounds bounds = intervals.bounds(level(1e6), panel.get(i));
      Past next = past(random, 10, 1e6, 1 + i % 7, false);
      for (double[] actual : next.actuals()) {
        for (int h = 0; h < HORIZON; h++) {
          all++;
          in80 += bounds.lower80()[h] <= actual[h] && actual[h] <= bounds.upper80()[h] ? 1 : 0;
          in95 += bounds.lower95()[h] <= actual[h] && actual[h] <= bounds.upper95()[h] ? 1 : 0;
        }
      }
    }
    assertEquals(80, 100.0 * in80 / all, 2);
    assertEquals(95, 100.0 * in95 / all, 1.5);
  }

  @Test
  void errorsOfOneSideMakeTheIntervalReachFurtherThere() {
    Random random = new Random(4);
    List<Past> skewed = new ArrayList<>();
    List<Past> even = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      skewed.add(past(random, 4, 1000, 10, true));
      even.add(past(random, 4, 1000, 10, false));
    }
    Bounds lopsided = Intervals.of(skewed, HORIZON).bounds(level(1000), skewed.get(0));
    assertTrue(lopsided.upper95()[0] - 1000 > 1.5 * (1000 - lopsided.lower95()[0]));
    Bounds symmetric = Intervals.of(even, HORIZON).bounds(level(1000), even.get(0));
    assertEquals(symmetric.upper95()[0] - 1000, 1000 - symmetric.lower95()[0], 1e-9);
  }

  @Test
  void panelWithoutAnyPastHasTheErrorsOfARandomWalk() {
    Past none = new Past(new double[0][], new double[0][], 2, 0);
    Bounds bounds = Intervals.of(List.of(none), HORIZON).bounds(level(100), none);
    assertTrue(bounds.upper95()[0] > 100);
    assertEquals(Math.sqrt(4), (bounds.upper80()[3] - 100) / (bounds.upper80()[0] - 100), 1e-9);
  }

  @Test
  void increasingSequenceIsTheNearestOne() {
    assertArrayEquals(
        new double[] {1, 2.5, 2.5, 4}, Isotonic.increasing(new double[] {1, 3, 2, 4}), 1e-12);
    assertArrayEquals(new double[] {2, 2, 2}, Isotonic.increasing(new double[] {3, 2, 1}), 1e-12);
  }
}
