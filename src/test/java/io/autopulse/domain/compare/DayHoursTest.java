package io.autopulse.domain.compare;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DayHoursTest {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final LocalDate FORWARD = LocalDate.of(2026, 3, 29);
  private static final LocalDate BACK = LocalDate.of(2026, 10, 25);
  private static final LocalDate USUAL = LocalDate.of(2026, 3, 22);

  @Test
  void dayWhoseClocksGoForwardHasNoSecondHour() {
    DayHours hours = new DayHours(FORWARD, PARIS);
    assertThat(hours.count(), is(23));
    assertThat(names(hours).subList(0, 4), is(List.of("00:00", "01:00", "03:00", "04:00")));
    assertThat(hours.of(Instant.parse("2026-03-29T01:30:00Z")), is(2));
    assertThat(hours.endMinute(1), is(180));
    assertThat(hours.endMinute(22), is(1440));
  }

  @Test
  void dayWhoseClocksGoBackHasTheSecondHourTwice() {
    DayHours hours = new DayHours(BACK, PARIS);
    assertThat(hours.count(), is(25));
    assertThat(names(hours).subList(1, 5), is(List.of("01:00", "02:00", "02:00", "03:00")));
    assertThat(IntStream.range(0, 25).filter(hours::isRepeated).boxed().toList(), is(List.of(3)));
    assertThat(hours.of(Instant.parse("2026-10-25T00:30:00Z")), is(2));
    assertThat(hours.of(Instant.parse("2026-10-25T01:30:00Z")), is(3));
    assertThat(hours.of(Instant.parse("2026-10-25T22:59:59Z")), is(24));
  }

  @Test
  void hoursThatAreOverAreThoseThatHavePassed() {
    DayHours hours = new DayHours(USUAL, PARIS);
    assertThat(hours.over(Instant.parse("2026-03-21T22:59:59Z")), is(0));
    assertThat(hours.over(Instant.parse("2026-03-21T23:59:59Z")), is(0));
    assertThat(hours.over(Instant.parse("2026-03-22T00:00:00Z")), is(1));
    assertThat(hours.over(Instant.parse("2026-03-22T22:59:59Z")), is(23));
    assertThat(hours.over(Instant.parse("2026-03-23T12:00:00Z")), is(24));
    assertThat("a moment before", hours.of(Instant.parse("2026-03-20T12:00:00Z")), is(0));
    assertThat("a moment after", hours.of(Instant.parse("2026-03-25T12:00:00Z")), is(23));
  }

  @Test
  void clocksThatGoForwardByHalfAnHourLeaveAShortLastHour() {
    DayHours hours = new DayHours(LocalDate.of(2026, 10, 4), ZoneId.of("Australia/Lord_Howe"));
    assertThat(hours.count(), is(24));
    assertThat(hours.from(23).toString(), is("23:30"));
    assertThat(hours.endMinute(23), is(1440));
  }

  @Test
  void daysAreComparedByTheClockOnTheWall() {
    DayUnits usual = units(USUAL, 24, 0, 1, 4);
    DayUnits forward = units(FORWARD, 23, 0, 1, 5);
    DayUnits back = units(BACK, 25, 0, 2, 3, 3, 7);
    // Until 03:00: the hour from 02:00 counts where there is one, both where there are two.
    assertThat(usual.until(180), is(1L + 4));
    assertThat(forward.until(180), is(1L));
    assertThat(forward.until(240), is(1L + 5));
    assertThat(back.until(180), is(2L + 3 + 3));
    assertThat(back.until(DayHours.END), is(back.total()));
    assertThat(back.through(2), is(5L));
  }

  @Test
  void usualIsTheMeanOfDaysThatHaveTimes() {
    DayUnits datesOnly = new DayUnits(new DayHours(USUAL, PARIS), Collections.nCopies(24, 0L), 90);
    DayUnits one = units(USUAL.minusWeeks(1), 24, 3);
    DayUnits partly = new DayUnits(new DayHours(USUAL.minusWeeks(2), PARIS), one.units(), 2);
    assertThat(datesOnly.hasTimes(), is(false));
    assertThat(DayUnits.usual(List.of(datesOnly, one, partly), 60), is(OptionalDouble.of(4)));
    assertThat(DayUnits.usual(List.of(datesOnly), 60), is(OptionalDouble.empty()));
  }

  private static DayUnits units(LocalDate day, int count, long... first) {
    return new DayUnits(
        new DayHours(day, PARIS),
        IntStream.range(0, count).mapToObj(i -> i < first.length ? first[i] : 0L).toList(),
        0);
  }

  private static List<String> names(DayHours hours) {
    return IntStream.range(0, hours.count()).mapToObj(i -> hours.from(i).toString()).toList();
  }
}
