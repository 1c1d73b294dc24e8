package io.autopulse.domain.forecast.life;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;

import io.autopulse.domain.calendar.Step;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SiblingErrorsTest {
  private static final Pace MONTHS = Pace.of(Step.MONTH);

  private static List<LaunchCurve.Sibling> siblings(double[]... units) {
    return Arrays.stream(units).map(each -> new LaunchCurve.Sibling(1, each)).toList();
  }

  @Test
  void firstPeriodOfEachIsSaidByTheOthers() {
    // With the offset of 2 they are 4, 8, 16, 32, 64: of the first the others say 2 to the 4.5th.
    SiblingErrors errors =
        SiblingErrors.of(
            MONTHS,
            siblings(
                new double[] {2},
                new double[] {6},
                new double[] {14},
                new double[] {30},
                new double[] {62}),
            0,
            0,
            1);
    assertThat(errors.lines()[0], closeTo(20.6274, 1e-4));
    assertThat("2 to the 3.5th", errors.lines()[4], closeTo(9.3137, 1e-4));
    assertThat(errors.sold(), is(new double[] {2, 6, 14, 30, 62}));
  }

  @Test
  void laterPeriodOfEachIsSaidByItsLevelAndTheOthers() {
    SiblingErrors errors =
        SiblingErrors.of(
            MONTHS,
            siblings(new double[] {10, 20}, new double[] {20, 40}, new double[] {30, 30}),
            1,
            1,
            2);
    // The first two doubled.
    assertThat(errors.curves()[2], closeTo(60, 1e-9));
    // The line through ln 12, ln 22 and ln 22, ln 42 has slope 0.1959718 / 1.1837001.
    assertThat(errors.lines()[2], closeTo(32.0069, 1e-3));
  }

  @Test
  void boundsHoldAllButTheOutermostSiblings() {
    double[] sold = IntStream.range(0, 9).mapToDouble(i -> 10.0 * i).toArray();
    double[] said = new double[9];
    Arrays.fill(said, 10);
    Spread spread = new SiblingErrors(sold, said, said).spread(1, 1, 2);

    // (0 + 10) / 20 to (80 + 10) / 20.
    assertThat(spread.added(), is(10.0));
    assertThat(spread.ratios(), is(new double[] {0.5, 0.5, 4.5, 4.5}));
    assertThat(spread.bound(1, 10), is(0.0));
    assertThat(spread.bound(2, 10), is(80.0));
    assertThat(spread.bound(1, 30), is(10.0));
    assertThat(spread.bound(2, 30), is(170.0));
  }

  @Test
  void aNarrowerIntervalLeavesTheOutermostOut() {
    double[] sold = IntStream.range(0, 39).mapToDouble(i -> i).toArray();
    double[] said = new double[39];
    Arrays.fill(said, 10);
    // Ranks 1, 4, 36 and 39 of 39: 0, 3, 35 and 38.
    assertThat(
        new SiblingErrors(sold, said, said).spread(0.5, 1, 2).ratios(),
        is(new double[] {0.5, 0.65, 2.25, 2.4}));
  }

  @Test
  void fourSiblingsMeasureNothing() {
    double[] four = {1, 2, 3, 4};
    Spread spread = new SiblingErrors(four, four, four).spread(1, 1, 2);
    assertThat(spread, is(sameInstance(Spread.OF_FEW)));
    assertThat(spread.bound(1, 30), is(10.0));
    assertThat(spread.bound(3, 30), is(120.0));
  }
}
