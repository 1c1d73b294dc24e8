package io.autopulse.domain.forecast.interval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ScoresTest {
  private static final Scores SCORES = Scores.of(new double[][] {{3, -1}, {}, {2}});

  @Test
  void quantilesAreOfTheScoresOfEitherSideAndOfTheirSizes() {
    // rank 4 / 2 of -1, 2, 3; of -3, -2, 1; of 1, 2, 3
    assertEquals(2, SCORES.above(0.5, 1), 1e-12);
    assertEquals(-2, SCORES.below(0.5, 1), 1e-12);
    assertEquals(2, SCORES.size(0.5, 1), 1e-12);
  }

  @Test
  void olderWindowsFade() {
    // the 2 of two windows ago counts a quarter: of 2.25 and the next one the rank is 1.625, which
    // lies half of the way from 1.25, where the 2 is, to 2.25, where the 3 is: 0.375 beyond it
    assertEquals(2.375, SCORES.size(0.5, 0.5), 1e-12);
  }

  @Test
  void olderScoresAreThoseThatWereKnownBeforeAWindow() {
    Scores older = SCORES.from(1);
    assertEquals(1, older.size());
    assertArrayEquals(new double[] {2}, older.of(1));
    assertArrayEquals(new double[] {}, older.of(0));
    assertArrayEquals(new double[] {-1, 3}, SCORES.of(0));
    assertEquals(0, SCORES.from(3).size());
  }
}
