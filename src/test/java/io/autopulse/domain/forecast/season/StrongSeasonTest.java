package io.autopulse.domain.forecast.season;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class StrongSeasonTest {
  private static final StrongSeason STRONG = new StrongSeason();

  private static double[] values(int length, IntToDoubleFunction value) {
    double[] values = new double[length];
    Arrays.setAll(values, value);
    return values;
  }

  @Test
  void seasonIsSeenUnderATrendAndUnderNoise() {
    assertTrue(STRONG.seasonal(values(20, i -> 5 * (i % 4) + 20 * i), 4));
    Random random = new Random(3);
    assertTrue(
        STRONG.seasonal(
            values(
                260,
                i -> 100 + 3 * i + 60 * Math.sin(i * Math.PI / 26) + 20 * random.nextGaussian()),
            52));
  }

  @Test
  void twoPeaksAYearAreASeason() {
    Random random = new Random(4);
    assertTrue(
        STRONG.seasonal(
            values(
                208,
                i -> (i % 52 < 4 || i % 52 > 25 && i % 52 < 30 ? 90 : 30) + random.nextInt(12)),
            52));
  }

  @Test
  void noiseTrendsConstantsAndLessThanTwoSeasonsAreNone() {
    Random random = new Random(5);
    assertFalse(STRONG.seasonal(values(260, i -> 100 + 20 * random.nextGaussian()), 52));
    assertFalse(STRONG.seasonal(values(60, i -> 100 + 20 * random.nextGaussian()), 12));
    assertFalse(STRONG.seasonal(values(120, i -> 40 + 5 * i + 9 * random.nextGaussian()), 12));
    assertFalse(STRONG.seasonal(values(40, i -> 7), 4));
    assertFalse(STRONG.seasonal(values(7, i -> i % 4), 4));
  }

  @Test
  void onlyWhatGoesBeyondTheStrengthOfNoiseCounts() {
    double[] some = values(48, i -> 10 * (i % 4) + (i * 7919 % 31));
    double strength = SeasonStrength.of(some, 4).season();
    // twelve seasons: noise has a twelfth
    double beyond = (strength - 1 / 12.0) / (11 / 12.0);
    assertTrue(new StrongSeason(beyond - .01).seasonal(some, 4));
    assertFalse(new StrongSeason(beyond + .01).seasonal(some, 4));
  }
}
