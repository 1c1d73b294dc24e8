package io.autopulse.domain.calendar;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SellingDaysTest {
  private static final Set<LocalDate> GERMAN =
      days(
          "2020-12-25",
          "2020-12-26",
          "2021-01-01",
          "2024-03-29",
          "2024-04-01",
          "2026-01-01",
          "2026-04-03",
          "2026-04-06",
          "2026-05-01",
          "2026-05-14",
          "2026-05-25",
          "2026-10-03",
          "2026-12-25",
          "2026-12-26",
          "2027-01-01");

  private static final Holidays HOLIDAYS =
      year -> {
        Set<LocalDate> days = new TreeSet<>(GERMAN);
        days.removeIf(day -> day.getYear() != year);
        return days;
      };

  private final SellingDays days = SellingDays.of(HOLIDAYS);
  private final SellingDays withoutBridges = new SellingDays(HOLIDAYS, new DayWeights(0, 0, 1));
  private final SellingDays saturdays = new SellingDays(HOLIDAYS, new DayWeights(0.5, 0, 1));

  @Test
  void weekHasFiveDaysAndOneLessForEachHoliday() {
    assertThat(week(days, "2026-03-09"), is(5.0));
    assertThat("Good Friday", week(days, "2026-03-30"), is(4.0));
    assertThat("Easter Monday", week(days, "2026-04-06"), is(4.0));
    assertThat("a holiday on a Saturday takes none", week(days, "2026-09-28"), is(5.0));
  }

  @Test
  void saturdayCountsWhatItIsGiven() {
    assertThat(week(saturdays, "2026-03-09"), is(5.5));
    assertThat("a holiday on a Saturday takes it", week(saturdays, "2026-09-28"), is(5.0));
    SellingDays sundays = new SellingDays(HOLIDAYS, new DayWeights(2, 1, 1));
    assertThat(week(sundays, "2026-03-09"), is(8.0));
  }

  @Test
  void bridgeDayIsBetweenAHolidayAndTheWeekend() {
    assertThat("Friday after Ascension", week(days, "2026-05-11"), is(3.5));
    assertThat(week(withoutBridges, "2026-05-11"), is(4.0));
    SellingDays closed = new SellingDays(HOLIDAYS, new DayWeights(0, 0, 0));
    assertThat(week(closed, "2026-05-11"), is(3.0));

    Holidays tuesday = year -> days("2026-07-14");
    assertThat("Monday before", week(SellingDays.of(tuesday), "2026-07-13"), is(3.5));
    Holidays wednesday = year -> days("2026-07-15");
    assertThat("no bridge", week(SellingDays.of(wednesday), "2026-07-13"), is(4.0));
  }

  @Test
  void bridgeDayMayLieInTheNextYear() {
    Holidays newYear = year -> year == 2019 ? days("2019-01-01") : Set.of();
    assertThat(
        "Monday, 31 December 2018",
        SellingDays.of(newYear).of(day("2018-12-31"), Step.DAY),
        is(0.5));
  }

  @Test
  void weekOfTheChangeOfTheClockHasAsManyDaysAsAnother() {
    assertThat(week(days, "2026-03-23"), is(5.0));
    assertThat(week(days, "2026-10-19"), is(5.0));
    assertThat("with Good Friday", week(days, "2024-03-25"), is(4.0));
  }

  @Test
  void week53RunsOverTheNewYear() {
    assertThat(week(days, "2020-12-28"), is(4.0));
    assertThat(week(days, "2026-12-28"), is(4.0));
  }

  @Test
  void monthAddsUpItsDays() {
    assertThat(days.of(day("2026-04-01"), Step.MONTH), is(20.0));
    assertThat(days.of(day("2026-05-01"), Step.MONTH), is(17.5));
    assertThat(days.of(day("2026-06-01"), Step.MONTH), is(22.0));
    assertThat(days.of(day("2026-04-01"), Step.QUARTER), is(59.5));
    assertThat(days.of(day("2026-01-01"), Step.YEAR), is(253.0));
  }

  @Test
  void februaryOfALeapYearHasItsDay() {
    assertThat(days.of(day("2024-02-01"), Step.MONTH), is(21.0));
    assertThat(days.of(day("2023-02-01"), Step.MONTH), is(20.0));
  }

  @Test
  void periodsOfASeriesFollowEachOther() {
    assertThat(days.of(day("2026-03-30"), Step.WEEK, 3), is(new double[] {4, 4, 5}));
    assertThat(days.of(day("2026-05-14"), Step.DAY, 3), is(new double[] {0, 0.5, 0}));
    assertThat(days.of(day("2026-05-14"), Step.DAY, 0), is(new double[0]));
  }

  @Test
  void numberedPeriodHasNoCalendar() {
    assertThat(days.of(day("1970-01-01"), Step.NUMBERED), is(1.0));
    assertThat(days.shareOff(day("1970-01-01"), Step.NUMBERED), is(0.0));
  }

  @Test
  void holidayTakesItsShareOfThePeriod() {
    assertThat(days.shareOff(day("2026-04-06"), Step.WEEK), is(closeTo(0.2, 1e-12)));
    assertThat(days.shareOff(day("2026-05-11"), Step.WEEK), is(closeTo(0.3, 1e-12)));
    assertThat(saturdays.shareOff(day("2026-12-21"), Step.WEEK), is(closeTo(1.5 / 5.5, 1e-12)));
    assertThat(days.shareOff(day("2026-03-09"), Step.WEEK), is(0.0));
    assertThat("a Sunday", days.shareOff(day("2026-03-08"), Step.DAY), is(0.0));
  }

  @Test
  void weightOutOfRangeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new DayWeights(-0.1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new DayWeights(0, Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> new DayWeights(0, 0, 1.1));
  }

  @Test
  void endOfAMonthIsItsLastFiveSellingDays() {
    PeriodEnds ends = new PeriodEnds(days);
    assertThat("24 and 25 September", ends.months(day("2026-09-21"), Step.WEEK), is(0.4));
    assertThat("28 to 30 September", ends.months(day("2026-09-28"), Step.WEEK), is(0.6));
    assertThat("25 to 28 August", ends.months(day("2026-08-24"), Step.WEEK), is(0.8));
    assertThat("31 August", ends.months(day("2026-08-31"), Step.WEEK), is(0.2));
    assertThat(ends.months(day("2026-09-30"), Step.DAY), is(0.2));
    assertThat(ends.months(day("2026-09-07"), Step.WEEK), is(0.0));
    assertThat(ends.months(day("2026-07-01"), Step.QUARTER), is(3.0));
    assertThat(ends.months(day("1970-01-01"), Step.NUMBERED), is(0.0));
  }

  @Test
  void endOfAQuarterIsThatOfItsLastMonth() {
    PeriodEnds ends = new PeriodEnds(days);
    assertThat(ends.quarters(day("2026-09-21"), Step.WEEK), is(0.4));
    assertThat(ends.quarters(day("2026-08-24"), Step.WEEK), is(0.0));
    assertThat(ends.quarters(day("2026-12-01"), Step.MONTH), is(1.0));
    assertThat(ends.quarters(day("2026-11-01"), Step.MONTH), is(0.0));
    assertThat(ends.quarters(day("2026-01-01"), Step.YEAR), is(4.0));
  }

  @Test
  void monthWithoutSellingDaysHasNoEnd() {
    SellingDays none =
        new SellingDays(
            year -> {
              Set<LocalDate> all = new TreeSet<>();
              LocalDate.of(year, 1, 1).datesUntil(LocalDate.of(year + 1, 1, 1)).forEach(all::add);
              return all;
            },
            DayWeights.DEFAULT);
    assertThat(none.of(day("2026-09-01"), Step.MONTH), is(0.0));
    assertThat(new PeriodEnds(none).months(day("2026-09-01"), Step.MONTH), is(0.0));
  }

  private static double week(SellingDays days, String monday) {
    return days.of(day(monday), Step.WEEK);
  }

  private static LocalDate day(String text) {
    return LocalDate.parse(text);
  }

  private static Set<LocalDate> days(String... texts) {
    Set<LocalDate> days = new TreeSet<>();
    for (String text : texts) {
      days.add(day(text));
    }
    return days;
  }
}
