package io.autopulse.domain.sale;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BusinessClockTest {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  private static long micros(String moment) {
    Instant instant = Instant.parse(moment);
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-31T22:59:59.999999Z, 2024-01-31",
    "2024-01-31T23:00:00Z,        2024-02-01",
    "2024-07-31T21:59:59.999999Z, 2024-07-31",
    "2024-07-31T22:00:00Z,        2024-08-01",
    // 31 March 2024: clocks go from 02:00 to 03:00 at 01:00Z.
    "2024-03-30T22:59:59.999999Z, 2024-03-30",
    "2024-03-30T23:00:00Z,        2024-03-31",
    "2024-03-31T00:59:59Z,        2024-03-31",
    "2024-03-31T21:59:59.999999Z, 2024-03-31",
    "2024-03-31T22:00:00Z,        2024-04-01",
    // 27 October 2024: clocks go from 03:00 to 02:00 at 01:00Z.
    "2024-10-26T21:59:59.999999Z, 2024-10-26",
    "2024-10-26T22:00:00Z,        2024-10-27",
    "2024-10-27T22:59:59.999999Z, 2024-10-27",
    "2024-10-27T23:00:00Z,        2024-10-28",
    "1969-12-31T22:59:59.999999Z, 1969-12-31",
    "1969-12-31T23:00:00Z,        1970-01-01",
    "1899-12-31T12:00:00Z,        1899-12-31",
    "2100-12-31T23:00:00Z,        2101-01-01",
    "2101-01-01T22:59:59Z,        2101-01-01",
    "2101-01-01T23:00:00Z,        2101-01-02",
    "9999-06-30T22:00:00Z,        9999-07-01"
  })
  void momentHasItsParisianDate(String moment, LocalDate date) {
    BusinessClock clock = new BusinessClock(PARIS);
    assertThat(clock.dateOf(micros(moment)), is((int) date.toEpochDay()));
    assertThat("asked again", clock.dateOf(micros(moment)), is((int) date.toEpochDay()));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-31T00:00:00,        2024-01-30T23:00:00Z",
    "2024-07-31T12:30:00.000001, 2024-07-31T10:30:00.000001Z",
    "2024-03-31T00:00:00,        2024-03-30T23:00:00Z",
    "2024-03-31T01:59:59,        2024-03-31T00:59:59Z",
    // In the gap: an hour later.
    "2024-03-31T02:30:00,        2024-03-31T01:30:00Z",
    "2024-03-31T03:00:00,        2024-03-31T01:00:00Z",
    // In the overlap: the earlier.
    "2024-10-27T02:30:00,        2024-10-27T00:30:00Z",
    "2024-10-27T03:00:00,        2024-10-27T02:00:00Z",
    "2024-10-26T23:59:59,        2024-10-26T21:59:59Z",
    "2024-10-28T00:00:00,        2024-10-27T23:00:00Z",
    "1970-01-01T00:00:00,        1969-12-31T23:00:00Z",
    "1969-12-31T23:59:59.999999, 1969-12-31T22:59:59.999999Z",
    "2100-12-31T00:00:00,        2100-12-30T23:00:00Z",
    "2500-07-01T00:00:00,        2500-06-30T22:00:00Z"
  })
  void parisianTimeIsItsMoment(LocalDateTime local, String moment) {
    long day = local.toLocalDate().toEpochDay();
    long micro = local.toLocalTime().toNanoOfDay() / 1000;
    BusinessClock clock = new BusinessClock(PARIS);
    assertThat(clock.momentOf(day, micro), is(micros(moment)));
    assertThat("asked again", clock.momentOf(day, micro), is(micros(moment)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Europe/Paris",
        "America/St_Johns",
        "Pacific/Apia",
        "Asia/Kathmandu",
        "+14:00"
      })
  void agreesWithJavaTimeEverywhere(String zone) {
    long seed = 20240514;
    Random random = new Random(seed);
    ZoneId id = ZoneId.of(zone);
    BusinessClock clock = new BusinessClock(id);
    for (int i = 0; i < 20_000; i++) {
      // 1900 to 2150.
      long second = -2_208_988_800L + (long) (random.nextDouble() * 7_889_400_000L);
      long micro = random.nextInt(1_000_000);
      LocalDate date = LocalDate.ofInstant(Instant.ofEpochSecond(second), id);
      assertThat(
          "seed " + seed + ", second " + second,
          clock.dateOf(second * 1_000_000 + micro),
          is((int) date.toEpochDay()));
      LocalDateTime local = date.atTime(random.nextInt(24), random.nextInt(60));
      assertThat(
          "seed " + seed + ", " + local,
          clock.momentOf(
              local.toLocalDate().toEpochDay(), local.toLocalTime().toNanoOfDay() / 1000),
          is(local.atZone(id).toEpochSecond() * 1_000_000));
    }
  }
}
