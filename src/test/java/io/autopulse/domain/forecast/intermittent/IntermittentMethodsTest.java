package io.autopulse.domain.forecast.intermittent;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.forecast.AnyHistory;
import io.autopulse.domain.forecast.Method;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntermittentMethodsTest {
  private static void check(Method method, double[] history, double expected) {
    assertArrayEquals(
        new double[] {expected, expected, expected}, method.forecast(history, 1, 3), 1e-9);
  }

  @Test
  void crostonDividesTheSmoothedSizeByTheSmoothedInterval() {
    // sizes 4, 8: 4.4; intervals 2, 3: 2.1
    check(new CrostonSba(), new double[] {0, 4, 0, 0, 8, 0}, .95 * 4.4 / 2.1);
    check(new CrostonSba(), new double[] {6, 6, 6}, .95 * 6);
  }

  @Test
  void tsbFallsWithEachPeriodInWhichNothingIsSold() {
    // size 10; probability 1, then .9, then .81
    check(new Tsb(), new double[] {10}, 10);
    check(new Tsb(), new double[] {10, 0}, 9);
    check(new Tsb(), new double[] {10, 0, 0}, 8.1);
    check(new Tsb(.2, .2), new double[] {10, 0, 0}, 6.4);
    check(new Tsb(.5, .1), new double[] {10, 20}, 15);
  }

  @Test
  void valuesOfZeroOrLessAreNoDemand() {
    for (Method method : List.of(new CrostonSba(), new Tsb())) {
      check(method, new double[] {0, -3, 0}, 0);
    }
  }

  @Test
  void everyHistoryIsAnswered() {
    for (Method method : List.of(new CrostonSba(), new Tsb())) {
      AnyHistory.check(method);
    }
  }

  @Test
  void weightsLieBetweenZeroAndOne() {
    assertThrows(IllegalArgumentException.class, () -> new Tsb(0, .5));
    assertThrows(IllegalArgumentException.class, () -> new Tsb(.5, 1.5));
  }

  @Test
  void namesAreThoseThatArePublished() {
    assertThat(
        List.of(new CrostonSba(), new Tsb()).stream().map(Method::name).toList(),
        is(List.of("croston_sba", "tsb")));
  }
}
