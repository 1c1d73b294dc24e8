package io.autopulse.source.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;

import org.junit.jupiter.api.Test;

class JdbcRangesTest {
  @Test
  void rangesTogetherHoldForEveryRow() {
    assertThat(
        JdbcRanges.of("id", 1, 100, 4),
        contains(
            "id < 25", "id >= 25 and id < 50", "id >= 50 and id < 75", "id >= 75 or id is null"));
  }

  @Test
  void fewNumbersMakeFewRanges() {
    assertThat(JdbcRanges.of("id", 7, 7, 4), contains("1 = 1"));
    assertThat(JdbcRanges.of("id", 1, 2, 4), contains("1 = 1"));
    assertThat(JdbcRanges.of("id", 1, 3, 2), contains("id < 2", "id >= 2 or id is null"));
  }

  @Test
  void rangesOfTheGreatestNumbersDoNotOverflow() {
    assertThat(
        JdbcRanges.of("id", Long.MIN_VALUE, Long.MAX_VALUE, 2),
        contains("id < 0", "id >= 0 or id is null"));
  }
}
