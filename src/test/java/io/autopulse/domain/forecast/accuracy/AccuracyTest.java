package io.autopulse.domain.forecast.accuracy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.autopulse.domain.forecast.interval.Bounds;
import org.junit.jupiter.api.Test;

class AccuracyTest {
  private static final double[] HISTORY = {10, 20, 12, 26};

  @Test
  void scaleIsTheMeanChangeOverASeason() {
    assertEquals(4, Errors.scale(HISTORY, 2), 1e-12); // 2 and 6
    assertEquals(32 / 3.0, Errors.scale(HISTORY, 1), 1e-12); // 10, 8 and 14
    assertEquals(32 / 3.0, Errors.scale(HISTORY, 12), 1e-12); // too short for the season
    assertTrue(Double.isNaN(Errors.scale(new double[] {5}, 1)));
  }

  @Test
  void errorsOfOneForecast() {
    double[] actual = {10, 30};
    double[] forecast = {14, 24};
    assertEquals(5, Errors.mae(actual, forecast), 1e-12);
    assertEquals(1.25, Errors.mase(actual, forecast, 4), 1e-12);
    // 200 x 4 / 24 and 200 x 6 / 54.
    assertEquals((800 / 24.0 + 1200 / 54.0) / 2, Errors.smape(actual, forecast), 1e-12);
    // (16 + 36) / 2 by (100 + 64 + 196) / 3.
    assertEquals(Math.sqrt(26 / 120.0), Errors.rmsse(actual, forecast, HISTORY), 1e-12);
  }

  @Test
  void nothingForecastAndNothingSoldIsNoError() {
    assertEquals(100, Errors.smape(new double[] {0, 5}, new double[] {0, 0}), 1e-12);
    assertTrue(Double.isNaN(Errors.mase(new double[] {1}, new double[] {2}, 0)));
  }

  @Test
  void intervalScoreIsTheWidthAndFortyTimesWhatLiesOutside() {
    // Widths 10 and 10; the second actual lies 2 above: 10 + (10 + 80) = 100, by 2 and by 5.
    assertEquals(
        10,
        Errors.msis95(new double[] {5, 12}, new double[] {0, 0}, new double[] {10, 10}, 5),
        1e-12);
  }

  @Test
  void naive2IsTheLastValueWhereNoSeasonIsSeen() {
    assertArrayEquals(new double[] {26, 26}, Naive2.forecast(HISTORY, 4, 2));
    assertArrayEquals(
        new double[] {9, 9}, Naive2.forecast(new double[] {1, 5, 2, 8, 3, 0, 4, 9}, 2, 2));
  }

  @Test
  void naive2CarriesTheLastLevelThroughTheSeason() {
    // A season of 0.5 and 1.5 around 10, eight times: four are too few to be significant.
    double[] history = {5, 15, 5, 15, 5, 15, 5, 15, 5, 15, 5, 15, 5, 15, 5, 15};
    assertArrayEquals(new double[] {5, 15, 5}, Naive2.forecast(history, 2, 3), 1e-9);
  }

  @Test
  void tallyAveragesSeriesAndAddsUnits() {
    Tally tally = new Tally(2);
    Bounds bounds =
        new Bounds(
            new double[] {12, 20},
            new double[] {16, 28},
            new double[] {10, 18},
            new double[] {18, 30});
    tally.add(HISTORY, new double[] {10, 30}, new double[] {14, 24}, bounds);
    tally.add(new double[] {7, 7, 7}, new double[] {7, 3}, new double[] {7, 7}, null);
    Measures measures = tally.measures();
    assertEquals(2, measures.forecasts());
    assertEquals(1, measures.unscaled());
    assertEquals(1.25, measures.mase(), 1e-12);
    assertEquals(14 / 50.0, measures.wape(), 1e-12); // 4 + 6 + 0 + 4 of 10 + 30 + 7 + 3
    assertEquals(2 / 50.0, measures.bias(), 1e-12); // 52 forecast, 50 came
    assertEquals(0, measures.coverage80());
    assertEquals(1, measures.coverage95());
    assertEquals(2.5, measures.msis95(), 1e-12); // widths 8 and 12, by 4
    // Naive 2 is 26 and 26: (16 + 4) / 2 by 4 = 2.5; 200 x 16 / 36, 200 x 4 / 56; and 0, 80.
    double smape = (800 / 24.0 + 1200 / 54.0) / 2 + 40;
    double naive2 = (3200 / 36.0 + 800 / 56.0) / 2 + 40;
    assertEquals((smape / naive2 + 1.25 / 2.5) / 2, measures.owa(), 1e-12);
  }

  @Test
  void emptyTallyMeasuresNothing() {
    assertTrue(Double.isNaN(new Tally(1).measures().wape()));
  }
}
