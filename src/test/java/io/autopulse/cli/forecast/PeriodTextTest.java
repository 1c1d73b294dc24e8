package io.autopulse.cli.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.autopulse.domain.calendar.Step;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodTextTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-22, DAY, 2026-11-22, 2026-11-22",
    "2026-11-22, WEEK, 2026-11-16, 2026-11-16",
    "2026-W01, WEEK, 2025-12-29, 2025-12-29",
    "2026-11-22 00:00:00, MONTH, 2026-11-01, 2026-11",
    "2026-3, MONTH, 2026-03-01, 2026-03",
    "202603, MONTH, 2026-03-01, 2026-03",
    "2026-Q4, QUARTER, 2026-10-01, 2026-Q4",
    "2026-05-09, QUARTER, 2026-04-01, 2026-Q2",
    "1998, YEAR, 1998-01-01, 1998",
    "17, NUMBERED, 1970-01-18, 17",
  })
  void periodIsReadAndWritten(String text, Step step, LocalDate first, String written) {
    assertEquals(first, PeriodText.parse(text, step).orElseThrow());
    assertEquals(written, PeriodText.format(first, step));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-30, DAY",
    "2026-11, DAY",
    "2026-W60, WEEK",
    "2026-00, MONTH",
    "2026-Q5, QUARTER",
    "next, YEAR",
    "2026-11-22, NUMBERED",
    "'', MONTH",
  })
  void anythingElseIsNoPeriod(String text, Step step) {
    assertTrue(PeriodText.parse(text, step).isEmpty());
  }
}
