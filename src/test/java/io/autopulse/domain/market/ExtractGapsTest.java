package io.autopulse.domain.market;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExtractGapsTest {
  private static final long HOUR = 3_600_000_000L;

  private record Row(String period, int day, int hour) {}

  private static List<String> gaps(Row... rows) {
    ExtractGaps gaps = new ExtractGaps();
    for (Row row : rows) {
      gaps.add(row.period(), row.day(), (row.day() * 24L + row.hour()) * HOUR);
    }
    return gaps.gaps().stream()
        .map(g -> g.period() + " on " + g.day() + " until " + g.until() / HOUR)
        .toList();
  }

  @Test
  void periodBetweenTheFirstAndTheLastOfALaterExtractIsLacked() {
    assertThat(
        gaps(
            new Row("2024-01-01", 1, 6),
            new Row("2024-02-01", 1, 6),
            new Row("2024-03-01", 1, 6),
            new Row("2024-01-01", 8, 6),
            new Row("2024-03-01", 8, 7)),
        // Day 8, hour 7: 8 * 24 + 7.
        contains("2024-02-01 on 8 until 199"));
  }

  @Test
  void periodsBeforeTheFirstAndAfterTheLastAreOutsideTheExtract() {
    assertThat(
        gaps(
            new Row("2024-01-01", 1, 6),
            new Row("2024-02-01", 1, 6),
            new Row("2024-03-01", 1, 6),
            new Row("2024-04-01", 1, 6),
            new Row("2024-02-01", 8, 6),
            new Row("2024-03-01", 8, 6)),
        is(empty()));
  }

  @Test
  void extractOfOnePeriodSpansNothing() {
    assertThat(
        gaps(new Row("2024-01-01", 1, 6), new Row("2024-02-01", 1, 6), new Row("2024-01-01", 8, 6)),
        is(empty()));
  }

  @Test
  void extractThatCrossesMidnightIsOne() {
    assertThat(
        gaps(
            new Row("2024-01-01", 1, 6),
            new Row("2024-02-01", 1, 6),
            new Row("2024-03-01", 1, 6),
            new Row("2024-01-01", 8, 23),
            new Row("2024-02-01", 9, 0),
            new Row("2024-03-01", 9, 1)),
        is(empty()));
    assertThat(
        "February is lacked on both sides of midnight",
        gaps(
            new Row("2024-01-01", 1, 6),
            new Row("2024-02-01", 1, 6),
            new Row("2024-03-01", 1, 6),
            new Row("2024-01-01", 8, 23),
            new Row("2024-03-01", 9, 1)),
        contains("2024-02-01 on 9 until 217"));
  }

  @Test
  void periodThatComesBackIsLackedInBetweenOnly() {
    assertThat(
        gaps(
            new Row("2024-01-01", 1, 6),
            new Row("2024-02-01", 1, 6),
            new Row("2024-03-01", 1, 6),
            new Row("2024-01-01", 2, 6),
            new Row("2024-03-01", 2, 6),
            new Row("2024-01-01", 3, 6),
            new Row("2024-02-01", 3, 6),
            new Row("2024-03-01", 3, 6)),
        contains("2024-02-01 on 2 until 54"));
  }

  @Test
  void periodThatWasNotKnownThenIsNotLacked() {
    assertThat(
        gaps(new Row("2024-01-01", 1, 6), new Row("2024-03-01", 1, 6), new Row("2024-02-01", 5, 6)),
        is(empty()));
  }

  @Test
  void orderOfRowsDoesNotMatter() {
    long seed = 20_241_128;
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      rows.add(
          new Row(
              "2024-0" + (1 + random.nextInt(9)) + "-01", random.nextInt(20), random.nextInt(24)));
    }
    List<String> expected = gaps(rows.toArray(Row[]::new));
    for (int i = 0; i < 10; i++) {
      Collections.shuffle(rows, random);
      assertThat("seed " + seed, gaps(rows.toArray(Row[]::new)), is(expected));
    }
  }
}
