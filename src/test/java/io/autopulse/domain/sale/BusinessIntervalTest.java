package io.autopulse.domain.sale;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusinessIntervalTest {
  private static BusinessInterval interval(String from, String to) {
    return new BusinessInterval(LocalDate.parse(from), LocalDate.parse(to));
  }

  @ParameterizedTest
  @CsvSource({
    // Both ends in weeks that cross a month's edge: the week is the wider one at neither end.
    "2024-05-14, 2024-05-15, 2024-05-01, 2024-06-01",
    // 1 May 2024 is a Wednesday: its week began on 29 April. 31 May is a Friday: its week ends on 2
    // June.
    "2024-05-01, 2024-06-01, 2024-04-29, 2024-06-03",
    "2024-05-02, 2024-05-31, 2024-04-29, 2024-06-03",
    // 1 April 2024 is a Monday, 30 April a Tuesday.
    "2024-04-01, 2024-04-30, 2024-04-01, 2024-05-06",
    // 1 September 2024 is a Sunday: its week began on 26 August.
    "2024-09-01, 2024-09-02, 2024-08-26, 2024-10-01",
    // Across the year: 30 December 2024 is a Monday.
    "2024-12-31, 2025-01-01, 2024-12-01, 2025-01-06",
    "2025-01-01, 2025-01-02, 2024-12-30, 2025-02-01",
    // Already whole: February 2021 began on a Monday and had four weeks.
    "2021-02-01, 2021-03-01, 2021-02-01, 2021-03-01"
  })
  void alignsOutwardToWholeWeeksAndMonths(String from, String to, String start, String end) {
    assertThat(interval(from, to).alignedOutward(), is(interval(start, end)));
  }

  @Test
  void allDatesStayAllDates() {
    assertThat(BusinessInterval.ALL.alignedOutward(), is(BusinessInterval.ALL));
    assertThat(BusinessInterval.ALL.toString(), is("all dates"));
    assertThat(BusinessInterval.ALL, is(interval("1900-01-01", "2200-01-01")));
  }

  @Test
  void holdsItsFirstDateAndNotItsLast() {
    BusinessInterval may = interval("2024-05-01", "2024-06-01");
    assertThat(may.contains(LocalDate.parse("2024-04-30")), is(false));
    assertThat(may.contains(LocalDate.parse("2024-05-01")), is(true));
    assertThat(may.contains(LocalDate.parse("2024-05-31")), is(true));
    assertThat(may.contains(LocalDate.parse("2024-06-01")), is(false));
    assertThat(may.toString(), is("2024-05-01 to 2024-06-01"));
  }

  @Test
  void intervalsOverlapIfADateLiesInBoth() {
    BusinessInterval may = interval("2024-05-01", "2024-06-01");
    assertThat(may.overlaps(may), is(true));
    assertThat(may.overlaps(interval("2024-05-31", "2024-06-30")), is(true));
    assertThat(may.overlaps(interval("2024-06-01", "2024-07-01")), is(false));
    assertThat(may.overlaps(interval("2024-04-01", "2024-05-01")), is(false));
    assertThat(may.overlaps(BusinessInterval.ALL), is(true));
  }

  @Test
  void monthsDivideAnIntervalAtTheFirstOfEachMonth() {
    assertThat(
        interval("2023-12-15", "2024-03-02").months(),
        is(
            List.of(
                interval("2023-12-15", "2024-01-01"),
                interval("2024-01-01", "2024-02-01"),
                interval("2024-02-01", "2024-03-01"),
                interval("2024-03-01", "2024-03-02"))));
    assertThat(
        interval("2024-05-03", "2024-05-04").months(),
        is(List.of(interval("2024-05-03", "2024-05-04"))));
  }

  @Test
  void monthsTogetherCoverEachWindowWholeThatTheirIntervalCovers() {
    long seed = 20_240_229;
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      LocalDate from = LocalDate.of(2019, 1, 1).plusDays(random.nextInt(2_500));
      BusinessInterval whole = new BusinessInterval(from, from.plusDays(1 + random.nextInt(400)));
      List<BusinessInterval> parts =
          whole.months().stream().map(BusinessInterval::alignedOutward).toList();
      String what = "seed " + seed + ", " + whole;
      BusinessInterval covered = whole.alignedOutward();
      for (LocalDate day = covered.from(); day.isBefore(covered.to()); day = day.plusDays(1)) {
        List<BusinessInterval> windows =
            List.of(
                new BusinessInterval(day, day.plusDays(1)),
                new BusinessInterval(
                    BusinessInterval.weekStart(day), BusinessInterval.weekStart(day).plusWeeks(1)),
                new BusinessInterval(day.withDayOfMonth(1), day.withDayOfMonth(1).plusMonths(1)));
        for (BusinessInterval window : windows) {
          assertThat(
              what + ", " + window,
              parts.stream().anyMatch(part -> holds(part, window)),
              is(holds(covered, window)));
        }
      }
      for (int j = 2; j < parts.size(); j++) {
        assertThat(what, parts.get(j).overlaps(parts.get(j - 2)), is(false));
      }
    }
  }

  private static boolean holds(BusinessInterval outer, BusinessInterval inner) {
    return !inner.from().isBefore(outer.from()) && !inner.to().isAfter(outer.to());
  }

  @Test
  void emptyIntervalIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> interval("2024-05-01", "2024-05-01"));
    assertThrows(IllegalArgumentException.class, () -> interval("2024-05-02", "2024-05-01"));
  }

  @Test
  void weekStartsOnMonday() {
    assertThat(
        BusinessInterval.weekStart(LocalDate.parse("2024-05-13")),
        is(LocalDate.parse("2024-05-13")));
    assertThat(
        BusinessInterval.weekStart(LocalDate.parse("2024-05-19")),
        is(LocalDate.parse("2024-05-13")));
  }
}
