package io.autopulse.operations.schedule;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The next 400 fire times of every shipped job, and of jobs every hour and half hour, in three
 * zones, beside what {@code java.time} makes of the times of day written here. The jobs of each day
 * start before the change of clocks in autumn 2027, so that they meet two changes and the leap day
 * of 2028; those of minutes start a day before each change.
 */
class FireTimesTest {
  private static final int TIMES = 400;

  private static final List<ZoneId> ZONES =
      Stream.of("Europe/Paris", "America/Chicago", "Australia/Sydney").map(ZoneId::of).toList();

  private static final LocalDate LEAP_DAY = LocalDate.of(2028, 2, 29);

  /** When the jobs are due, by their descriptions: time of day, and the day if it is one a week. */
  private record Due(List<LocalTime> times, Optional<DayOfWeek> day) {
    static Due daily(int hour, int minute) {
      return new Due(List.of(LocalTime.of(hour, minute)), Optional.empty());
    }

    static Due onMondays(int hour, int minute) {
      return new Due(List.of(LocalTime.of(hour, minute)), Optional.of(DayOfWeek.MONDAY));
    }

    static Due everyMinutes(int minutes) {
      return new Due(
          IntStream.iterate(4 * 60, m -> m < 24 * 60, m -> m + minutes)
              .mapToObj(m -> LocalTime.of(m / 60, m % 60))
              .toList(),
          Optional.empty());
    }
  }

  private static final Map<String, Due> JOBS =
      Map.of(
          "market-sync", Due.daily(4, 15),
          "daily-refresh", Due.daily(5, 0),
          "weekly-trends", Due.onMondays(5, 45),
          "weekly-forecast", Due.onMondays(6, 0),
          "marts", Due.daily(6, 30),
          "daily-backfill", Due.daily(21, 0),
          "reconcile-snowpipe", Due.everyMinutes(30),
          "data-health", Due.daily(7, 30));

  static Stream<Arguments> schedules() {
    List<Arguments> schedules = new ArrayList<>();
    List<ScheduledJob> shipped = JobsFile.shipped(Map.of()).jobs();
    assertThat(shipped.size(), is(JOBS.size()));
    for (ZoneId zone : ZONES) {
      for (ScheduledJob job : shipped) {
        schedules.add(
            Arguments.of(
                job.name(), job.schedule().orElseThrow().cron(), JOBS.get(job.name()), zone));
      }
      schedules.add(Arguments.of("each hour", "0 0 4-23 * * ? *", Due.everyMinutes(60), zone));
      schedules.add(
          Arguments.of("each half hour", "0 0/30 4-23 ? * * *", Due.everyMinutes(30), zone));
    }
    return schedules.stream();
  }

  @ParameterizedTest(name = "{0} in {3}")
  @MethodSource("schedules")
  void everyFireTimeIsThatOfTheClocks(String name, String cron, Due due, ZoneId zone) {
    Schedule schedule = Schedule.of(cron, zone);
    LocalDate start = LocalDate.of(2027, 10, 1);
    List<Instant> expected = expected(due, zone, start);
    assertThat(next(schedule, start.atStartOfDay(zone).toInstant()), is(expected));
    if (due.times().size() == 1) {
      assertThat(changesWithin(expected, zone), greaterThanOrEqualTo(2L));
      assertThat(
          expected.stream().anyMatch(t -> LocalDate.ofInstant(t, zone).isAfter(LEAP_DAY)),
          is(true));
    }
  }

  @ParameterizedTest(name = "{0} in {3}")
  @MethodSource("schedules")
  void everyChangeOfClocksAndTheLeapDayArePassedRight(
      String name, String cron, Due due, ZoneId zone) {
    Schedule schedule = Schedule.of(cron, zone);
    Instant autumn =
        zone.getRules().nextTransition(Instant.parse("2027-08-01T00:00:00Z")).getInstant();
    Instant spring = zone.getRules().nextTransition(autumn).getInstant();
    for (LocalDate start :
        List.of(
            LocalDate.ofInstant(autumn, zone).minusDays(1),
            LocalDate.ofInstant(spring, zone).minusDays(1),
            LEAP_DAY.minusDays(1))) {
      assertThat(
          "from " + start,
          next(schedule, start.atStartOfDay(zone).toInstant()),
          is(expected(due, zone, start)));
    }
  }

  private static List<Instant> next(Schedule schedule, Instant from) {
    List<Instant> times = new ArrayList<>();
    Instant after = from.minusMillis(1);
    for (int i = 0; i < TIMES; i++) {
      after = schedule.next(after).orElseThrow();
      times.add(after);
    }
    return times;
  }

  private static List<Instant> expected(Due due, ZoneId zone, LocalDate start) {
    return Stream.iterate(start, date -> date.plusDays(1))
        .filter(date -> due.day().map(day -> date.getDayOfWeek() == day).orElse(true))
        .flatMap(
            date -> due.times().stream().map(time -> date.atTime(time).atZone(zone).toInstant()))
        .limit(TIMES)
        .toList();
  }

  private static long changesWithin(List<Instant> times, ZoneId zone) {
    return IntStream.range(1, times.size())
        .filter(
            i ->
                !Duration.between(
                        times.get(i - 1).atZone(zone).toLocalDateTime(),
                        times.get(i).atZone(zone).toLocalDateTime())
                    .equals(Duration.between(times.get(i - 1), times.get(i))))
        .count();
  }
}
