package io.autopulse.operations.rundeck;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import io.autopulse.operations.schedule.Schedule;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When Rundeck's jobs fire, and what the workflow of a day starts. */
class ShippedJobsTest {
  /** Before two changes of clocks and a leap day. */
  private static final LocalDate FIRST = LocalDate.of(2027, 10, 1);

  private static final int FIRES = 400;
  private static final List<String> ZONES = List.of("Europe/Paris", "America/New_York", "UTC");

  @ParameterizedTest
  @CsvSource({
    "market-sync, 04:15, ",
    "daily-refresh, 05:00, ",
    "weekly-trends, 05:45, MONDAY",
    "weekly-forecast, 06:00, MONDAY",
    "marts, 06:30, ",
    "data-health, 07:30, ",
    "daily-backfill, 21:00, "
  })
  void jobFiresAtItsTimeOnEveryDayOfIts(String job, LocalTime time, DayOfWeek day) {
    for (ZoneId zone : ZONES.stream().map(ZoneId::of).toList()) {
      List<Instant> expected =
          Stream.iterate(FIRST, date -> date.plusDays(1))
              .filter(date -> day == null || date.getDayOfWeek() == day)
              .map(date -> ZonedDateTime.of(date, time, zone).toInstant())
              .limit(FIRES)
              .toList();
      assertThat(fires(job, zone), is(expected));
    }
  }

  @Test
  void snowpipeIsLookedAtEveryHalfHourOfTheDayFromFour() {
    for (ZoneId zone : ZONES.stream().map(ZoneId::of).toList()) {
      List<Instant> expected =
          Stream.iterate(FIRST.atTime(4, 0), time -> time.plusMinutes(30))
              .filter(time -> time.getHour() >= 4)
              .map(time -> time.atZone(zone).toInstant())
              .limit(FIRES)
              .toList();
      assertThat(fires("reconcile-snowpipe", zone), is(expected));
    }
  }

  @Test
  void leapDayIsADayLikeOthers() {
    assertThat(
        fires("daily-refresh", ZoneId.of("Europe/Paris")),
        hasItem(Instant.parse("2028-02-29T04:00:00Z")));
  }

  @Test
  void workflowOfADayStartsFourJobsInTheirOrderAndHasNoSchedule() {
    JobFile daily = ShippedFolder.job("daily");
    assertThat(daily.cron(), is(Optional.empty()));
    assertThat(
        daily.steps().stream().map(step -> ((JobStep.Reference) step).name()).toList(),
        is(List.of("market-sync", "daily-refresh", "marts", "data-health")));
  }

  private static List<Instant> fires(String job, ZoneId zone) {
    Schedule schedule = Schedule.of(ShippedFolder.job(job).cron().orElseThrow(), zone);
    return Stream.iterate(
            schedule.next(FIRST.atStartOfDay(zone).toInstant()).orElseThrow(),
            time -> schedule.next(time).orElseThrow())
        .limit(FIRES)
        .toList();
  }
}
