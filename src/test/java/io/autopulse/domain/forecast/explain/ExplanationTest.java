package io.autopulse.domain.forecast.explain;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationTest {
  private static final double[] USUAL = {1, 1, 1};

  /** Of a forecast of which no bias is taken out. */
  private static Explanation unbiased(
      List<MethodPath> methods, double[] calendar, double[] published) {
    return Explanation.of(methods, calendar, published, published);
  }

  @Test
  void straightPathIsLevelAndTrend() {
    Explanation explanation =
        unbiased(
            List.of(MethodPath.plain(1, new double[] {10, 12, 14})),
            USUAL,
            new double[] {10, 12, 14});
    assertThat(explanation.part(Part.LEVEL), closeTo(30, 1e-9));
    assertThat(explanation.part(Part.TREND), closeTo(6, 1e-9));
    assertThat(explanation.part(Part.SEASON), closeTo(0, 1e-9));
    assertThat(explanation.part(Part.TREND, 2), closeTo(4, 1e-9));
  }

  @Test
  void partsOfACombinationAreTheWeightedOnesOfItsMethods() {
    // Weights 3 and 1. Path 0.75 * (10, 20, 10) + 0.25 * 8 = (9.5, 17, 9.5); season 0.75 * (0, 10,
    // 0); the rest is 9.5. Selling days +10 % in the last period; the published number is 20 there.
    Explanation explanation =
        unbiased(
            List.of(
                new MethodPath(
                    3, new double[] {10, 20, 10}, new double[] {0, 10, 0}, new double[3]),
                MethodPath.plain(1, new double[] {8, 8, 8})),
            new double[] {1, 1, 1.1},
            new double[] {9.5, 17, 20});
    assertThat(explanation.part(Part.LEVEL, 1), closeTo(9.5, 1e-9));
    assertThat(explanation.part(Part.SEASON, 1), closeTo(7.5, 1e-9));
    assertThat(explanation.part(Part.CALENDAR, 2), closeTo(0.95, 1e-9));
    assertThat(explanation.part(Part.RECONCILIATION, 2), closeTo(9.55, 1e-9));
    assertThat(explanation.part(Part.RECONCILIATION, 1), closeTo(0, 1e-9));
  }

  @Test
  void biasIsWhatIsPublishedLessWhatAddsUpWithTheOthers() {
    // 20 alone on days for 22; 25 adds up with the others, and 24 is published.
    Explanation explanation =
        Explanation.of(
            List.of(MethodPath.plain(1, new double[] {20})),
            new double[] {1.1},
            new double[] {25},
            new double[] {24});
    assertThat(explanation.part(Part.CALENDAR), closeTo(2, 1e-9));
    assertThat(explanation.part(Part.RECONCILIATION), closeTo(3, 1e-9));
    assertThat(explanation.part(Part.BIAS), closeTo(-1, 1e-9));
    assertThat(explanation.published(), is(24.0));
  }

  @Test
  void seasonalIndexTakesItsPartOfThePath() {
    // 24 at an index of 1.2 is 20 and 4 of the season; 16 at 0.8 is 20 and -4.
    Explanation explanation =
        unbiased(
            List.of(MethodPath.indexed(1, new double[] {24, 16}, new double[] {1.2, 0.8})),
            new double[] {1, 1},
            new double[] {24, 16});
    assertThat(explanation.part(Part.SEASON, 0), closeTo(4, 1e-9));
    assertThat(explanation.part(Part.SEASON, 1), closeTo(-4, 1e-9));
    assertThat(explanation.part(Part.LEVEL, 1), closeTo(20, 1e-9));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void partsAddUpExactlyAndWhenRounded(long seed) {
    Random random = new Random(seed);
    int horizon = 1 + random.nextInt(26);
    double[] calendar = random.doubles(horizon, 0.8, 1.2).toArray();
    double[] published = random.doubles(horizon, 0, 500).map(Math::rint).toArray();
    Explanation explanation =
        unbiased(
            List.of(
                new MethodPath(
                    random.nextDouble(),
                    random.doubles(horizon, 0, 500).toArray(),
                    random.doubles(horizon, -50, 50).toArray(),
                    random.doubles(horizon, -5, 5).toArray()),
                MethodPath.plain(1, random.doubles(horizon, 0, 500).toArray())),
            calendar,
            published);
    for (int h = 0; h < horizon; h++) {
      double sum = 0;
      for (Part part : Part.values()) {
        sum += explanation.part(part, h);
      }
      assertThat(sum, closeTo(published[h], 1e-9));
      assertThat(Arrays.stream(explanation.rounded(h, 1)).sum(), is(published[h]));
    }
    assertThat(Arrays.stream(explanation.rounded(-1, 1)).sum(), is(Arrays.stream(published).sum()));
  }

  @Test
  void onePeriodIsAllLevel() {
    Explanation explanation =
        unbiased(
            List.of(MethodPath.plain(2, new double[] {7})), new double[] {1}, new double[] {7});
    assertThat(explanation.part(Part.LEVEL, 0), is(7.0));
    assertThat(explanation.part(Part.TREND, 0), is(0.0));
  }

  @Test
  void lengthsAndWeightsAreChecked() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new MethodPath(1, new double[2], new double[1], new double[2]));
    assertThrows(IllegalArgumentException.class, () -> MethodPath.plain(-1, new double[] {1}));
    assertThrows(
        IllegalArgumentException.class, () -> unbiased(List.of(), USUAL, new double[] {1, 2, 3}));
  }
}
