package io.autopulse.operations.schedule;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  @Test
  void fireTimesFollowTheClocksOfTheZone() {
    Schedule daily = Schedule.of("0 0 5 * * ? *", PARIS);
    Instant saturday = Instant.parse("2026-03-28T04:00:00Z");
    Instant sunday = Instant.parse("2026-03-29T03:00:00Z");
    assertThat(daily.next(saturday), is(Optional.of(sunday)));
    assertThat(daily.next(saturday.minusMillis(1)), is(Optional.of(saturday)));
    assertThat(daily.previous(sunday), is(Optional.of(saturday)));
    assertThat(daily.previous(sunday.plusMillis(1)), is(Optional.of(sunday)));
    assertThat(daily.between(saturday, sunday), is(List.of(sunday)));
    assertThat(daily.between(saturday.minusSeconds(1), sunday), is(List.of(saturday, sunday)));
  }

  @Test
  void rareTimeIsFoundForwardAndBack() {
    Schedule leapDay = Schedule.of("0 0 5 29 2 ? *", PARIS);
    Instant fire = Instant.parse("2028-02-29T04:00:00Z");
    assertThat(leapDay.next(Instant.parse("2026-01-01T00:00:00Z")), is(Optional.of(fire)));
    assertThat(leapDay.previous(Instant.parse("2031-12-31T00:00:00Z")), is(Optional.of(fire)));
  }

  @Test
  void scheduleWhoseYearsAreOverHasNoNextTime() {
    Schedule over = Schedule.of("0 0 5 * * ? 2020", PARIS);
    assertThat(over.next(Instant.parse("2026-01-01T00:00:00Z")), is(Optional.empty()));
    assertThat(over.between(Instant.parse("2026-01-01T00:00:00Z"), Instant.MAX), is(empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 0 3 * * ? *        | fires at 03:00
          0 30 2 * * ? *       | fires at 02:30
          0 59 3 1 1 ? *       | fires at 03:59
          0 0 0 ? * MON *      | fires at 00:00
          0 */30 * * * ? *     | fires at 00:00
          0 15 5,1 * * ? *     | fires at 01:15
          0 0 22-2 * * ? *     | fires at 00:00
          """)
  void timesThatClocksSkipOrRepeatAreRefused(String cron, String problem) {
    assertThat(
        Schedule.of(cron, PARIS).problem().orElseThrow().getMessage(), containsString(problem));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 4 * * ? *", "0 0/30 4-23 * * ? *", "0 59 23 L * ? *"})
  void timesFromFourOnAreSafe(String cron) {
    assertThat(Schedule.of(cron, PARIS).problem(), is(Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0 5 * * *", "0 0 25 * * ? *", "0 0 5 * * * *", "daily", "", "0 0 5 * * ?"})
  void whatIsNoQuartzExpressionIsRefusedWithItsForm(String cron) {
    InputException problem = assertThrows(InputException.class, () -> Schedule.of(cron, PARIS));
    assertThat(problem.getMessage(), containsString("\"0 0 5 * * ? *\""));
  }
}
