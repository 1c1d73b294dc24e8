package io.autopulse.domain.sale;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
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
