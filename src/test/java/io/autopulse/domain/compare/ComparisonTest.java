package io.autopulse.domain.compare;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.sale.BusinessInterval;
import java.time.LocalDate;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final SellingDays WEEKDAYS = SellingDays.of(year -> Set.of());

  @Test
  void wholeMonthIsComparedWithWholeMonths() {
    Comparison february = of("2024-02", "2024-06-30", WEEKDAYS);
    assertThat(february.days(), is(days("2024-02-01", "2024-03-01")));
    assertThat(february.before(), is(days("2024-01-01", "2024-02-01")));
    assertThat(february.yearBefore(), is(days("2023-02-01", "2023-03-01")));
    assertThat(february.elapsed(), is(1.0));
  }

  @Test
  void monthToDateIsComparedToTheSameDayAndToTheSameSellingDay() {
    // 1 to 12 June 2024, a Wednesday: 8 weekdays. The eighth weekday of June 2023 is Monday 12.
    Comparison june = of("2024-06", "2024-06-12", WEEKDAYS);
    assertThat(june.days(), is(days("2024-06-01", "2024-06-13")));
    assertThat(june.before(), is(days("2024-05-01", "2024-05-13")));
    assertThat(june.yearBefore(), is(days("2023-06-01", "2023-06-13")));
    assertThat(june.elapsed(), is(8 / 20.0));
  }

  @Test
  void holidayMovesTheSameSellingDay() {
    // Whit Monday was 29 May in 2023 and 20 May in 2024.
    Set<LocalDate> off = Set.of(LocalDate.of(2023, 5, 29), LocalDate.of(2024, 5, 20));
    Comparison may = of("2024-05", "2024-05-24", SellingDays.of(year -> off));
    // 17 weekdays have passed; the 17th of May 2023 is Tuesday 23.
    assertThat(may.yearBefore(), is(days("2023-05-01", "2023-05-24")));
  }

  @Test
  void sundayIsComparedWithTheWeekendToo() {
    // 1 to 9 June 2024 ends on a Sunday after 5 weekdays; the fifth of June 2023 is Wednesday 7.
    assertThat(
        of("2024-06", "2024-06-09", WEEKDAYS).yearBefore(), is(days("2023-06-01", "2023-06-08")));
    // 1 to 2 September 2023: Friday and Saturday; one weekday. September 2022 began on Thursday.
    assertThat(
        of("2023-09", "2023-09-02", WEEKDAYS).yearBefore(), is(days("2022-09-01", "2022-09-02")));
    // The first weekday of March 2024 is Friday 1: its weekend comes along.
    assertThat(
        of("2025-03", "2025-03-09", WEEKDAYS).yearBefore(), is(days("2024-03-01", "2024-03-08")));
  }

  @Test
  void longerMonthIsNotComparedWithDaysThatItsNeighbourLacks() {
    assertThat(
        of("2024-03", "2024-03-30", WEEKDAYS).before(), is(days("2024-02-01", "2024-03-01")));
  }

  @Test
  void firstDayIsComparedThoughItIsNoSellingDay() {
    // 1 June 2024 is a Saturday: no selling day has passed.
    Comparison june = of("2024-06", "2024-06-01", WEEKDAYS);
    assertThat(june.yearBefore(), is(days("2023-06-01", "2023-06-02")));
    assertThat(june.elapsed(), is(0.0));
  }

  @Test
  void periodThatHasNotBegunIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> of("2024-07", "2024-06-30", WEEKDAYS));
  }

  @Test
  void targetOfSomeDaysIsThatOfTheirSellingDays() {
    // June 2024 has 20 weekdays, July 23.
    Map<LocalDate, Long> targets =
        Map.of(LocalDate.of(2024, 6, 1), 200L, LocalDate.of(2024, 7, 1), 230L);
    assertThat(
        TargetPace.of(targets, days("2024-06-01", "2024-06-13"), WEEKDAYS),
        is(OptionalDouble.of(80)));
    assertThat(
        TargetPace.of(targets, days("2024-06-24", "2024-07-06"), WEEKDAYS).orElseThrow(),
        is(closeTo(50 + 50, 1e-9)));
    assertThat(
        TargetPace.of(targets, days("2024-07-01", "2024-08-02"), WEEKDAYS),
        is(OptionalDouble.empty()));
  }

  @Test
  void monthWithoutASellingDayCountsItsDates() {
    SellingDays never =
        SellingDays.of(
            year ->
                LocalDate.of(year, 1, 1)
                    .datesUntil(LocalDate.of(year + 1, 1, 1))
                    .collect(java.util.stream.Collectors.toSet()));
    assertThat(
        TargetPace.of(
            Map.of(LocalDate.of(2024, 6, 1), 300L), days("2024-06-01", "2024-06-11"), never),
        is(OptionalDouble.of(100)));
  }

  private static Comparison of(String period, String lastDay, SellingDays sellingDays) {
    return Comparison.of(Period.parse(period).orElseThrow(), LocalDate.parse(lastDay), sellingDays);
  }

  private static BusinessInterval days(String from, String to) {
    return new BusinessInterval(LocalDate.parse(from), LocalDate.parse(to));
  }
}
