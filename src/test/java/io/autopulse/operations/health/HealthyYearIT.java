package io.autopulse.operations.health;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.autopulse.testing.Nightly;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Days on which all is well, after a year of them, each looked at: ends of months and of a quarter,
 * holidays and a change of the clock in each build, 400 days by night.
 */
class HealthyYearIT {
  private static final LocalDate FIRST = LocalDate.parse("2024-02-14");
  private static final int BEFORE = 400;
  private static final int DAYS = Nightly.size(80, 400);

  @TempDir Path folder;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Nightly.size(1, 8));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void givesAtMostOneFalseAlarmAMonth(long seed) throws Exception {
    Map<YearMonth, Long> alarms = new TreeMap<>();
    try (Business business = new Business(folder, FIRST, BEFORE + DAYS, 60, seed)) {
      business.live(FIRST, FIRST.plusDays(BEFORE - 1));
      for (int i = BEFORE; i < BEFORE + DAYS; i++) {
        LocalDate day = FIRST.plusDays(i);
        business.day(day);
        business.look(day);
      }
      if (Files.exists(business.state().resolve("health/alerts.jsonl"))) {
        for (String alert : Files.readAllLines(business.state().resolve("health/alerts.jsonl"))) {
          assertThat(alert, alert.contains("volume"), is(true));
          if (alert.contains("\"opened\"")) {
            alarms.merge(
                YearMonth.parse(alert.replaceAll(".*\"at\":\"(.{7}).*", "$1")), 1L, Long::sum);
          }
        }
      }
    }
    alarms.forEach(
        (month, count) ->
            assertThat("seed " + seed + ", " + month, count, is(lessThanOrEqualTo(1L))));
  }
}
