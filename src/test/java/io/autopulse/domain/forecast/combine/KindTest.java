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

class KindTest {
  private static Kind of(int length, int season, IntToDoubleFunction value) {
    double[] values = new double[length];
    Arrays.setAll(values, value);
    return Kind.of(new Series("any", Step.MONTH, LocalDate.of(2020, 1, 1), season, values));
  }

  @Test
  void seriesOfLessThanTwoSeasonsIsYoung() {
    assertThat(of(23, 12, t -> 5), is(Kind.YOUNG));
    assertThat(of(24, 12, t -> 5), is(Kind.STEADY));
    assertThat(of(3, 1, t -> 5), is(Kind.STEADY));
  }

  @Test
  void seriesThatIsSoldNowAndThenIsRareHoweverYoung() {
    assertThat(of(9, 12, t -> t % 3 == 0 ? 1 : 0), is(Kind.RARE));
    assertThat(of(90, 12, t -> t % 3 == 0 ? 1 : 0), is(Kind.RARE));
    assertThat(of(0, 12, t -> 0), is(Kind.RARE));
  }

  @Test
  void forecastOfNothingIsNotTheBestOfARareSeries() {
    double[] came = {0, 0, 0, 4};
    double[] nothing = {0, 0, 0, 0};
    double[] mean = {1, 1, 1, 1};
    assertEquals(1, Kind.STEADY.error(came, nothing));
    assertEquals(1.5, Kind.STEADY.error(came, mean));
    assertEquals(2, Kind.RARE.error(came, nothing));
    assertEquals(Math.sqrt(3), Kind.RARE.error(came, mean), 1e-12);
  }
}
