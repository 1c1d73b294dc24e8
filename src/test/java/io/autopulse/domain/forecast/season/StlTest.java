package io.autopulse.domain.forecast.season;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class StlTest {
  private static final double[] PATTERN = {-30, 5, 10, 15};

  private static double[] values(int length, IntToDoubleFunction value) {
    double[] values = new double[length];
    Arrays.setAll(values, value);
    return values;
  }

  @Test
  void whatRepeatsExactlyIsSeasonAndTheLevelIsTrend() {
    Decomposition parts = Stl.of(4).fit(values(22, i -> 100 + PATTERN[i % 4]));

    assertArrayEquals(values(22, i -> PATTERN[i % 4]), parts.seasonal()[0], 1e-9);
    assertArrayEquals(values(22, i -> 100), parts.trend(), 1e-9);
    assertArrayEquals(new double[22], parts.remainder(), 1e-9);
  }

  @Test
  void lineIsTrendWhereSeasonsAreLines() {
    Decomposition parts = new Stl(4, 7, 1, 5, 0).fit(values(27, i -> 100 + 3 * i + PATTERN[i % 4]));

    assertArrayEquals(values(27, i -> PATTERN[i % 4]), parts.seasonal()[0], 1e-6);
    assertArrayEquals(values(27, i -> 100 + 3 * i), parts.trend(), 1e-6);
  }

  @Test
  void partsAddUpToTheSeries() {
    double[] values = values(110, i -> 50 + i % 13 + (i * 37 % 11));
    Decomposition parts = Stl.of(52).robust(3).fit(values);
    double[] adjusted = parts.adjusted();

    assertArrayEquals(values, values(110, i -> adjusted[i] + parts.seasonal()[0][i]), 1e-9);
  }

  @Test
  void outlierBendsARobustTrendLess() {
    double[] values = values(40, i -> 100 + PATTERN[i % 4] + i % 3 + (i == 20 ? 500 : 0));

    assertThat(Stl.of(4).fit(values).trend()[20], is(greaterThan(130.0)));
    assertThat(Stl.of(4).robust(5).fit(values).trend()[20], is(closeTo(101, 1)));
  }

  @Test
  void seasonIsCarriedForwardFromItsLastTurn() {
    Decomposition parts = Stl.of(4).fit(values(22, i -> 100 + PATTERN[i % 4]));

    assertArrayEquals(new double[] {10, 15, -30, 5, 10, 15}, parts.following(6), 1e-9);
  }

  @Test
  void eachOfSeveralSeasonsIsFound() {
    double[] slow = {8, -8, 8, 8, 8, -8, -8, -8, 8, -8, 8, -8}; // of each quarter, 0 on average
    Decomposition parts = new Mstl(0, 12, 4).fit(values(96, i -> PATTERN[i % 4] + slow[i % 12]));

    assertThat(parts.periods(), is(new int[] {4, 12}));
    assertArrayEquals(values(96, i -> PATTERN[i % 4] + slow[i % 12]), sum(parts.seasonal()), .2);
  }

  private static double[] sum(double[][] arrays) {
    return values(arrays[0].length, i -> arrays[0][i] + arrays[1][i]);
  }

  @Test
  void seasonsOfWhichThereAreNotTwoAreLeftOut() {
    assertThat(new Mstl(0, 4, 52).fit(new double[103]).periods(), is(new int[] {4}));
    assertThat(new Mstl(0, 4, 52).fit(new double[104]).periods(), is(new int[] {4, 52}));
    assertThat(new Mstl(0, 4, 52).fits(7), is(false));
    assertThrows(IllegalArgumentException.class, () -> new Mstl(0, 4, 52).fit(new double[7]));
    assertThrows(IllegalArgumentException.class, () -> Stl.of(4).fit(new double[7]));
  }

  @Test
  void windowsThatCannotSmoothAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Stl.of(1));
    assertThrows(IllegalArgumentException.class, () -> new Stl(12, 8, 0, 5, 0));
    assertThrows(IllegalArgumentException.class, () -> new Mstl(0, 4, 1));
  }

  @Test
  void strengthIsOneForAPatternAndSmallForNoise() {
    Random random = new Random(3);

    SeasonStrength pattern = SeasonStrength.of(values(40, i -> PATTERN[i % 4]), 4);
    SeasonStrength noise = SeasonStrength.of(values(400, i -> random.nextGaussian()), 4);

    assertThat(pattern.season(), is(closeTo(1, 1e-9)));
    assertThat(noise.season(), is(lessThan(.5)));
  }

  @Test
  void strengthOfWhatDoesNotVaryOrIsShortIsNone() {
    SeasonStrength none = new SeasonStrength(0, 0);

    assertThat(SeasonStrength.of(values(40, i -> 17.3), 4), is(none));
    assertThat(SeasonStrength.of(new double[40], 4), is(none));
    assertThat(SeasonStrength.of(values(7, i -> i), 4), is(none));
    assertThat(SeasonStrength.of(values(40, i -> i), 1), is(none));
  }
}
