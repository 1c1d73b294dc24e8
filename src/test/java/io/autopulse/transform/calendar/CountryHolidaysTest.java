package io.autopulse.transform.calendar;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.problem.InputException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CountryHolidaysTest {
  @Test
  void germanHolidaysOfAYearAreThese() {
    assertThat(
        new TreeSet<>(CountryHolidays.of("DE").of(2026)),
        is(
            days(
                "2026-01-01",
                "2026-04-03",
                "2026-04-06",
                "2026-05-01",
                "2026-05-14",
                "2026-05-25",
                "2026-10-03",
                "2026-12-25",
                "2026-12-26")));
  }

  @Test
  void holidaysMoveWithEaster() {
    CountryHolidays norway = CountryHolidays.of("no");
    assertThat(
        "Maundy Thursday to Easter Monday, Ascension, Whit Monday",
        norway.of(2024),
        hasItems(array("2024-03-28", "2024-03-29", "2024-04-01", "2024-05-09", "2024-05-20")));
    assertThat(
        "a late Easter",
        norway.of(2025),
        hasItems(array("2025-04-17", "2025-04-18", "2025-04-21", "2025-05-29", "2025-06-09")));
    assertThat(CountryHolidays.of("fr").of(2024), not(hasItem(day("2024-03-29"))));
    assertThat(CountryHolidays.of("fr").of(2024), hasItems(array("2024-04-01", "2024-05-20")));
  }

  @Test
  void nationalDaysAreHolidays() {
    assertThat(CountryHolidays.of("no").of(2026), hasItem(day("2026-05-17")));
    assertThat(CountryHolidays.of("de").of(2025), hasItem(day("2025-10-03")));
    assertThat(CountryHolidays.of("fr").of(2025), hasItem(day("2025-07-14")));
    assertThat(CountryHolidays.of("es").of(2025), hasItem(day("2025-10-12")));
    assertThat(CountryHolidays.of("se").of(2025), hasItem(day("2025-06-06")));
    assertThat(CountryHolidays.of("nl").of(2026), hasItem(day("2026-04-27")));
    assertThat(
        "the King's Day that would be a Sunday",
        CountryHolidays.of("nl").of(2025),
        hasItem(day("2025-04-26")));
    assertThat("Midsummer Eve", CountryHolidays.of("se").of(2026), hasItem(day("2026-06-19")));
  }

  @Test
  void regionHasItsOwnBesideTheCountrys() {
    assertThat(CountryHolidays.of("de").of(2026), not(hasItem(day("2026-06-04"))));
    assertThat(
        "Corpus Christi and a national one",
        CountryHolidays.of("DE-BY").of(2026),
        hasItems(array("2026-06-04", "2026-10-03")));
    assertThat("Augsburg", CountryHolidays.of("de-by-ag").of(2026), hasItem(day("2026-08-08")));
    assertThat("Alsace", CountryHolidays.of("fr_67").of(2026), hasItem(day("2026-04-03")));
  }

  @Test
  void weeksOfACountryHaveItsSellingDays() {
    SellingDays norway = SellingDays.of(CountryHolidays.of("no"));
    assertThat("Easter", norway.of(day("2026-03-30"), Step.WEEK), is(3.0));
    assertThat("week 53", norway.of(day("2026-12-28"), Step.WEEK), is(4.0));
    SellingDays germany = SellingDays.of(CountryHolidays.of("de"));
    assertThat("week 53", germany.of(day("2020-12-28"), Step.WEEK), is(4.0));
    assertThat("October 2026", germany.of(day("2026-10-01"), Step.MONTH), is(22.0));
    assertThat("October 2025", germany.of(day("2025-10-01"), Step.MONTH), is(22.0));
  }

  @Test
  void yearIsWorkedOutOnceThoughManyThreadsAsk() {
    CountryHolidays holidays = CountryHolidays.of("es");
    List<Set<LocalDate>> years =
        IntStream.range(0, 200).parallel().mapToObj(i -> holidays.of(2000 + i % 20)).toList();
    IntStream.range(0, 200)
        .forEach(i -> assertThat(years.get(i), is(sameInstance(holidays.of(2000 + i % 20)))));
    assertThrows(UnsupportedOperationException.class, () -> holidays.of(2000).clear());
  }

  @Test
  void unknownCountryIsAnErrorThatNamesTheNearest() {
    assertThat(message("dd"), containsString("no holidays of a country \"dd\""));
    assertThat(message("dd"), containsString("Did you mean \"ad\"?"));
    assertThat(message("Norge"), containsString("two letters of ISO 3166"));
    assertThat("an exchange", message("nyse"), containsString("\"nyse\""));
    assertThat(message(""), containsString("country \"\""));
  }

  @Test
  void unknownRegionIsAnErrorThatNamesTheRegions() {
    assertThat(
        message("de-xx"), containsString("region \"xx\" in \"de-xx\". Known: bb, be, bw, by"));
    assertThat(message("no-oslo"), containsString("\"no\" has no regions of its own"));
    assertThat(message("de-"), containsString("region \"\""));
  }

  private static String message(String code) {
    return String.valueOf(
        assertThrows(InputException.class, () -> CountryHolidays.of(code)).getMessage());
  }

  private static LocalDate day(String text) {
    return LocalDate.parse(text);
  }

  private static LocalDate[] array(String... texts) {
    return days(texts).toArray(LocalDate[]::new);
  }

  private static Set<LocalDate> days(String... texts) {
    TreeSet<LocalDate> days = new TreeSet<>();
    for (String text : texts) {
      days.add(day(text));
    }
    return days;
  }
}
