package io.autopulse.domain.forecast.smoothing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.autopulse.domain.forecast.reference.ReferenceForecasts;
import io.autopulse.domain.forecast.reference.ReferenceForecasts.Case;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimpleSmoothingTest {
  private static final SimpleSmoothing METHOD = new SimpleSmoothing();

  @Test
  void forecastsAgreeWithTheReference() {
    List<Case> cases = ReferenceForecasts.of("ses");
    assertEquals(58, cases.size());
    for (Case of : cases) {
      assertEquals("", of.compare(METHOD, 1e-6));
    }
  }

  @Test
  void levelThatMovedForGoodIsFollowedAtOnce() {
    // the largest weight, 0.99: 9.9, 9.999, 9.99999
    assertArrayEquals(
        new double[] {9.99999, 9.99999}, METHOD.forecast(new double[] {0, 10, 10, 10}, 1, 2), 1e-9);
  }

  @Test
  void noiseIsHardlyFollowed() {
    // the smallest weight, 0.01: 0, 0.01, -0.0001, 0.009901, -0.00019801
    assertArrayEquals(
        new double[] {-0.00019801}, METHOD.forecast(new double[] {0, 1, -1, 1, -1}, 12, 1), 1e-9);
  }

  @Test
  void shortHistoriesAreFitted() {
    assertEquals("ses", METHOD.name());
    assertArrayEquals(new double[] {0, 0}, METHOD.forecast(new double[0], 1, 2));
    assertArrayEquals(new double[] {6}, METHOD.forecast(new double[] {6}, 1, 1));
    // two values fit every weight alike: the middle one
    assertArrayEquals(new double[] {5}, METHOD.forecast(new double[] {0, 10}, 1, 1), 1e-12);
  }

  @Test
  void oddHistoriesGiveFiniteForecasts() {
    Extremes.assertFinite(METHOD);
  }
}
