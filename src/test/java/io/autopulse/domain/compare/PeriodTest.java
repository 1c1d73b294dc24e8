package io.autopulse.domain.compare;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {
  @ParameterizedTest
  @CsvSource({
    "2024, 2024-01-01, 2025-01-01",
    "2024-Q4, 2024-10-01, 2025-01-01",
    "2024-02, 2024-02-01, 2024-03-01",
    "2020-W53, 2020-12-28, 2021-01-04",
    "2025-W01, 2024-12-30, 2025-01-06",
    "2024-02-29, 2024-02-29, 2024-03-01"
  })
  void textIsReadAndWrittenTheSame(String text, LocalDate start, LocalDate end) {
    Period period = Period.parse(text).orElseThrow();
    assertThat(period.start(), is(start));
    assertThat(period.end(), is(end));
    assertThat(period.toString(), is(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2024-13",
        "2024-00",
        "2023-W53",
        "2024-W00",
        "2024-Q5",
        "2023-02-29",
        "24",
        "0000",
        "9999",
        "2024-1",
        "2024-01-01T00:00",
        "2024 ",
        "٢٠٢٤"
      })
  void whatIsNoPeriodIsRefused(String text) {
    assertThat(Period.parse(text), is(Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02, 2023-02",
    "2024-Q1, 2023-Q1",
    "2024, 2023",
    "2020-W53, 2020-W01",
    "2021-W10, 2020-W11",
    "2024-02-29, 2023-03-02"
  })
  void yearBeforeHasTheSameWeekdaysOrTheSameName(String text, String yearBefore) {
    assertThat(Period.parse(text).orElseThrow().yearBefore().toString(), is(yearBefore));
  }

  @Test
  void periodHoldsItsDate() {
    LocalDate day = LocalDate.of(2025, 1, 1);
    assertThat(Period.of(Period.Kind.WEEK, day).toString(), is("2025-W01"));
    assertThat(Period.of(Period.Kind.QUARTER, day.minusDays(1)).toString(), is("2024-Q4"));
  }
}
