package io.autopulse.source.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.sale.BusinessInterval;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcCursorTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # covered from, business zone,    column's zone,     margin, bound
          2024-07-01,     Europe/Paris,     Europe/Paris,      P1D,    2024-06-30T00:00:00+02:00
          # Midnight in Paris is the evening before in UTC: its whole day there.
          2024-07-01,     Europe/Paris,     UTC,               P1D,    2024-06-29T00:00:00Z
          2024-07-01,     UTC,              Asia/Tokyo,        PT1S,   2024-07-01T00:00:00+09:00
          2024-07-01,     UTC,              America/New_York,  P14D,   2024-06-16T00:00:00-04:00
          # Clocks put forward on 31 March: a day of 23 hours.
          2024-04-01,     Europe/Paris,     Europe/Paris,      P1D,    2024-03-30T00:00:00+01:00
          # Clocks put back on 27 October, to times already shown.
          2024-10-28,     Europe/Paris,     Europe/Paris,      PT22H,  2024-10-27T00:00:00+02:00
          # A day whose midnight the clocks skip: the bound on them stays 00:00, an hour early.
          2018-11-05,     America/Sao_Paulo, America/Sao_Paulo, PT20H,  2018-11-04T00:00:00-02:00
          """)
  void readsFromTheBeginningOfADayOfTheColumnsOwnClocks(
      LocalDate from, ZoneId zone, ZoneId columnZone, Duration margin, String bound) {
    BusinessInterval covered = new BusinessInterval(from, from.plusDays(1));
    JdbcCursor cursor = JdbcCursor.covering("changed", covered, zone, margin, columnZone, "place");
    assertThat(
        cursor.rowsOf("select 1"),
        is(
            "select * from (select 1) as autopulse_all where changed >= '%s' or changed is null"
                .formatted(bound)));
  }
}
