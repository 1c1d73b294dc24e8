package io.autopulse.domain.kpi;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.kpi.Dimension.Attribute;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class DimensionTest {
  @Test
  void nameIsThatOfItsAttributes() {
    assertThat(Dimension.TOTAL.toString(), is("total"));
    assertThat(Dimension.of(Attribute.DEALER).toString(), is("dealer"));
    assertThat(
        Dimension.of(Attribute.REGION, Attribute.POWERTRAIN).toString(), is("region x powertrain"));
  }

  @Test
  void atMostTwoDifferentAttributes() {
    assertThrows(
        IllegalArgumentException.class, () -> Dimension.of(Attribute.MAKE, Attribute.MAKE));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Dimension(List.of(Attribute.MAKE, Attribute.MODEL, Attribute.REGION)));
  }

  @Test
  void windowsAreCalendarDaysWeeksAndMonths() {
    LocalDate sunday = LocalDate.of(2024, 6, 2);
    assertThat(Grain.DAY.windowStart(sunday), is(sunday));
    assertThat(Grain.WEEK.windowStart(sunday), is(LocalDate.of(2024, 5, 27)));
    assertThat(Grain.MONTH.windowStart(sunday), is(LocalDate.of(2024, 6, 1)));
    assertThat(Grain.DAY.windowEnd(sunday), is(LocalDate.of(2024, 6, 3)));
    assertThat(Grain.WEEK.windowEnd(LocalDate.of(2024, 5, 27)), is(LocalDate.of(2024, 6, 3)));
    assertThat(Grain.MONTH.windowEnd(LocalDate.of(2024, 2, 1)), is(LocalDate.of(2024, 3, 1)));
    assertThat(Grain.WEEK.toString(), is("week"));
  }
}
