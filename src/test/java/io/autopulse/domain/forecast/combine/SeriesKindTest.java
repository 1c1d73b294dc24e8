package io.autopulse.domain.forecast.combine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.Series;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SeriesKindTest {
  private static SeriesKind of(int length, int season, IntToDoubleFunction value) {
    double[] values = new double[length];
    Arrays.setAll(values, value);
    return SeriesKind.of(new Series("any", Step.MONTH, LocalDate.of(2020, 1, 1), season, values));
  }

  @Test
  void seriesOfLessThanTwoSeasonsIsYoung() {
    assertThat(of(23, 12, t -> 5), is(SeriesKind.YOUNG));
    assertThat(of(24, 12, t -> 5), is(SeriesKind.STEADY));
    assertThat(of(3, 1, t -> 5), is(SeriesKind.STEADY));
  }

  @Test
  void seriesThatIsSoldNowAndThenIsRareHoweverYoung() {
    assertThat(of(9, 12, t -> t % 3 == 0 ? 1 : 0), is(SeriesKind.RARE));
    assertThat(of(90, 12, t -> t % 3 == 0 ? 1 : 0), is(SeriesKind.RARE));
    assertThat(of(0, 12, t -> 0), is(SeriesKind.RARE));
  }

  @Test
  void forecastOfNothingIsNotTheBestOfARareSeries() {
    double[] came = {0, 0, 0, 4};
    double[] nothing = {0, 0, 0, 0};
    double[] mean = {1, 1, 1, 1};
    assertEquals(1, SeriesKind.STEADY.error(came, nothing));
    assertEquals(1.5, SeriesKind.STEADY.error(came, mean));
    assertEquals(2, SeriesKind.RARE.error(came, nothing));
    assertEquals(Math.sqrt(3), SeriesKind.RARE.error(came, mean), 1e-12);
  }
}
