package io.autopulse.domain.forecast.season;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.autopulse.domain.forecast.AnyHistory;
import io.autopulse.domain.forecast.Method;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class OutliersTest {
  private static double[] values(int length, IntToDoubleFunction value) {
    double[] values = new double[length];
    Arrays.setAll(values, value);
    return values;
  }

  private static double[] weeks(long seed, IntToDoubleFunction extra) {
    Random random = new Random(seed);
    return values(
        208,
        i ->
            600
                + 150 * Math.sin(i * Math.PI / 26)
                + 25 * random.nextGaussian()
                + extra.applyAsDouble(i));
  }

  private static void checkUnchanged(double[] values, int season) {
    assertArrayEquals(values, Outliers.clip(values, season), 0);
  }

  @Test
  void spikeIsSetToItsBound() {
    double[] values = {100, 101, 99, 100, 101, 99, 100, 500, 100, 101, 99, 100};
    double[] clipped = values.clone();
    clipped[7] = 130; // quartiles 0 and 1 %, so 6 %; chance alone makes 3 x 10

    assertArrayEquals(clipped, Outliers.clip(values, 1), 1e-9);
  }

  @Test
  void boundIsFiveTimesTheSpreadOfQuartilesWhereChanceIsLess() {
    double[] percent = {100, 101, 99, 100, 101, 99, 100, 500, 100, 101, 99, 100};
    double[] values = values(12, i -> percent[i] * 1e4);
    double[] clipped = values.clone();
    clipped[7] = 1.06e6;

    assertArrayEquals(clipped, Outliers.clip(values, 1), 1e-3);
  }

  @Test
  void deliveryOfAFleetAndAWeekWithoutDataAreClippedBesideASeason() {
    double[] values = weeks(4, i -> i == 90 ? 2000 : i == 130 ? -500 : 0);
    double[] clipped = Outliers.clip(values, 52);

    assertThat(clipped[90], is(both(greaterThan(400.0)).and(lessThan(900.0))));
    assertThat(clipped[130], is(both(greaterThan(400.0)).and(lessThan(700.0))));
    clipped[90] = values[90];
    clipped[130] = values[130];
    assertArrayEquals(values, clipped, 0);
  }

  @Test
  void peaksOfEachDecemberStay() {
    checkUnchanged(weeks(5, i -> i % 52 == 50 ? 1500 : 0), 52);
  }

  @Test
  void peaksThatGrowOrMoveByAWeekStay() {
    checkUnchanged(weeks(6, i -> i % 52 == 50 ? 500 * (1 + i / 52) : 0), 52);
    checkUnchanged(weeks(7, i -> i == 15 || i == 66 || i == 119 || i == 171 ? 1200 : 0), 52);
  }

  @Test
  void platesOfJanuaryAndJulyStay() {
    double[] plates = {3.4, 1.3, 1.1, .8, .5, .2, 2.6, .9, .6, .35, .2, .05};
    Random random = new Random(2);

    checkUnchanged(values(60, i -> 1000 * plates[i % 12] * (1 + .1 * random.nextGaussian())), 12);
  }

  @Test
  void peakOfTheSecondYearIsKnownByThatOfTheFirst() {
    double[] values = values(80, i -> 100 + i % 5 + (i == 10 || i == 62 ? 900 : 0));

    checkUnchanged(values, 52);
  }

  @Test
  void newLevelStays() {
    checkUnchanged(weeks(8, i -> i < 150 ? 0 : 700), 52);
    checkUnchanged(values(40, i -> 50 + i % 4 + (i >= 38 ? 300 : 0)), 1);
    checkUnchanged(values(40, i -> 50 + i % 4 + (i >= 20 && i < 23 ? 300 : 0)), 1);
  }

  @Test
  void lastValueAloneIsClipped() {
    double[] values = values(40, i -> i == 39 ? 400 : 64);
    double[] clipped = values.clone();
    clipped[39] = 88; // 64 + 3 x 8

    assertArrayEquals(clipped, Outliers.clip(values, 1), 1e-9);
  }

  @Test
  void seriesThatAreOftenZeroOrShortStay() {
    checkUnchanged(values(100, i -> i % 3 == 0 ? 0 : i == 50 ? 900 : 2), 1);
    checkUnchanged(new double[] {1, 1, 1, 900, 1, 1, 1}, 1);
  }

  @Test
  void countsThatChanceExplainsStay() {
    checkUnchanged(values(30, i -> i == 12 ? 5 : 2), 1);
  }

  @Test
  void everyHistoryIsAnswered() {
    AnyHistory.check(
        new Method() {
          @Override
          public String name() {
            return "clipped";
          }

          @Override
          public double[] forecast(double[] history, int season, int horizon) {
            return Arrays.copyOf(Outliers.clip(history, season), horizon);
          }
        });
  }
}
