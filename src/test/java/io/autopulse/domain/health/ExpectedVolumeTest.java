package io.autopulse.domain.health;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.autopulse.domain.calendar.Holidays;
import io.autopulse.domain.health.VolumeLimits.Verdict;
import io.autopulse.operations.health.HealthConfigReader;
import io.autopulse.testing.Nightly;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedVolumeTest {
  private static final VolumeLimits LIMITS =
      new HealthConfigReader(Map.of())
          .read(Optional.of(Path.of("pipelines/health.yaml")))
          .limits()
          .volume();

  private static final LocalDate FIRST = LocalDate.parse("2024-01-01");
  private static final int KNOWN = 120;
  private static final int SEEDS = Nightly.size(2, 40);

  @Test
  void fourHundredHealthyDaysGiveAtMostOneFalseAlarmAMonth() {
    int months = 0;
    List<String> more = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      NavigableMap<LocalDate, Long> sales = SimulatedSales.of(FIRST, KNOWN + 400, 120, seed);
      Map<YearMonth, Integer> alarms = new TreeMap<>();
      for (int i = KNOWN; i < KNOWN + 400; i++) {
        LocalDate day = FIRST.plusDays(i);
        boolean alarm =
            LIMITS.judge(sales.getOrDefault(day, 0L), expected(sales, day)) != Verdict.USUAL;
        alarms.merge(YearMonth.from(day), alarm ? 1 : 0, Integer::sum);
      }
      months += alarms.size();
      for (Map.Entry<YearMonth, Integer> month : alarms.entrySet()) {
        if (month.getValue() > 1) {
          more.add("seed " + seed + ", " + month);
        }
      }
    }
    // By chance one month of some hundreds has a second one.
    assertThat(more.toString(), more.size(), is(lessThanOrEqualTo(months / 500)));
  }

  @ParameterizedTest
  @CsvSource({"120, 0.1", "400, 0.02"})
  void missingHalvedAndDoubledDaysAreFoundOnTheSameDay(double daily, double unseenShare) {
    int faults = 0;
    List<String> unseen = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      NavigableMap<LocalDate, Long> sales = SimulatedSales.of(FIRST, KNOWN + 400, daily, seed);
      for (int i = KNOWN; i < KNOWN + 400; i += 5) {
        LocalDate day = FIRST.plusDays(i);
        if (day.getDayOfWeek() == DayOfWeek.SUNDAY
            || SimulatedSales.HOLIDAYS.of(day.getYear()).contains(day)) {
          continue;
        }
        long units = sales.getOrDefault(day, 0L);
        ExpectedVolume.Day expected = expected(sales, day);
        assertThat(day + " missing", LIMITS.judge(0, expected), is(Verdict.LOW));
        faults += 2;
        if (LIMITS.judge(units / 2, expected) != Verdict.LOW) {
          unseen.add("seed " + seed + ", " + day + " halved");
        }
        if (LIMITS.judge(2 * units, expected) != Verdict.HIGH) {
          unseen.add("seed " + seed + ", " + day + " doubled");
        }
      }
    }
    // A day that was low by chance and is doubled, or high and is halved, may be within what is
    // usual where a day has some 100 sales.
    assertThat(
        unseen.toString(), unseen.size(), is(lessThanOrEqualTo((int) (unseenShare * faults))));
  }

  @Test
  void endOfTheMonthIsExpectedByTheOpenDaysThatAreLeft() {
    // 100 on weekdays, 200 on the last open day of each month, nothing at weekends.
    NavigableMap<LocalDate, Long> sales = new TreeMap<>();
    for (LocalDate day = FIRST;
        day.isBefore(LocalDate.parse("2024-08-30"));
        day = day.plusDays(1)) {
      if (day.getDayOfWeek().getValue() <= 5) {
        LocalDate last = YearMonth.from(day).atEndOfMonth();
        while (last.getDayOfWeek().getValue() > 5) {
          last = last.minusDays(1);
        }
        sales.put(day, day.equals(last) ? 200L : 100L);
      }
    }
    ExpectedVolume volume = ExpectedVolume.of(sales, Holidays.NONE).orElseThrow();
    // 31 August 2024 is a Saturday: the rush is on Friday the 30th.
    assertThat(volume.of(LocalDate.parse("2024-08-30")).low(), is(closeTo(200, 1e-9)));
    assertThat(volume.of(LocalDate.parse("2024-08-31")).high(), is(closeTo(0, 1e-9)));
    assertThat(volume.of(LocalDate.parse("2024-09-02")).low(), is(closeTo(100, 1e-9)));
  }

  @Test
  void faultsOfThePastDoNotMoveWhatIsExpected() {
    NavigableMap<LocalDate, Long> sales = SimulatedSales.of(FIRST, 200, 120, 7);
    NavigableMap<LocalDate, Long> faulty = new TreeMap<>(sales);
    faulty.replaceAll((day, units) -> day.getDayOfMonth() % 11 == 0 ? 0L : units);
    LocalDate day = FIRST.plusDays(200);
    double expected = ExpectedVolume.of(sales, Holidays.NONE).orElseThrow().of(day).low();
    double despite = ExpectedVolume.of(faulty, Holidays.NONE).orElseThrow().of(day).low();
    assertThat(despite, is(closeTo(expected, 0.1 * expected)));
  }

  @Test
  void holidayMayBeEmptyAndMayBeOrdinary() {
    NavigableMap<LocalDate, Long> sales = SimulatedSales.of(FIRST, 134, 120, 3);
    LocalDate ascension = LocalDate.parse("2024-05-14");
    Holidays holidays = year -> Set.of(ascension);
    ExpectedVolume.Day day = ExpectedVolume.of(sales, holidays).orElseThrow().of(ascension);
    assertThat(LIMITS.judge(0, day), is(Verdict.USUAL));
    assertThat(LIMITS.judge(120, day), is(Verdict.USUAL));
    assertThat(LIMITS.judge(900, day), is(Verdict.HIGH));
  }

  @Test
  void fewDaysTellNothing() {
    NavigableMap<LocalDate, Long> sales = SimulatedSales.of(FIRST, 55, 120, 3);
    assertThat(ExpectedVolume.of(sales, Holidays.NONE).isPresent(), is(false));
    assertThat(ExpectedVolume.of(Map.of(), Holidays.NONE).isPresent(), is(false));
    NavigableMap<LocalDate, Long> enough = SimulatedSales.of(FIRST, 57, 120, 3);
    assertThat(ExpectedVolume.of(enough, Holidays.NONE).isPresent(), is(true));
  }

  @Test
  void smallDealerIsJudgedByTheWeek() {
    NavigableMap<LocalDate, Long> sales = SimulatedSales.of(FIRST, 203, 10, 3);
    ExpectedVolume volume = ExpectedVolume.of(sales, SimulatedSales.HOLIDAYS).orElseThrow();
    List<LocalDate> week = FIRST.plusDays(203).datesUntil(FIRST.plusDays(210)).toList();
    // About 60 in a week; a Tuesday of 5 rather than 10 is nothing, a week of 20 is.
    assertThat(LIMITS.judge(5, volume.of(week.get(1))), is(Verdict.USUAL));
    assertThat(LIMITS.judge(20, volume.of(week)), is(Verdict.LOW));
    assertThat(LIMITS.judge(60, volume.of(week)), is(Verdict.USUAL));
  }

  private static ExpectedVolume.Day expected(Map<LocalDate, Long> sales, LocalDate day) {
    Map<LocalDate, Long> before =
        sales.entrySet().stream()
            .filter(entry -> entry.getKey().isBefore(day))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return ExpectedVolume.of(before, SimulatedSales.HOLIDAYS).orElseThrow().of(day);
  }
}
