package io.autopulse.domain.forecast.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.Series;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PanelTest {
  private static final AsOf SUNDAY = new AsOf(LocalDate.parse("2026-11-22"), Step.WEEK);

  private static PeriodUnits sold(String member, String period, long units) {
    return new PeriodUnits("region", member, LocalDate.parse(period), units);
  }

  @Test
  void weeksAreCompleteOnTheirSundayAndNotOnTheSaturdayBefore() {
    assertThat(SUNDAY.firstForecast(), is(LocalDate.parse("2026-11-23")));
    assertThat(
        new AsOf(LocalDate.parse("2026-11-21"), Step.WEEK).firstForecast(),
        is(LocalDate.parse("2026-11-16")));
    assertThat(SUNDAY.periodOf(LocalDate.parse("2027-01-03")), is(LocalDate.parse("2026-12-28")));
    assertThat(SUNDAY.periods(LocalDate.parse("2026-11-02"), LocalDate.parse("2026-11-23")), is(3));
  }

  @Test
  void monthsAreCompleteOnTheirLastDay() {
    assertThat(
        new AsOf(LocalDate.parse("2024-02-29"), Step.MONTH).firstForecast(),
        is(LocalDate.parse("2024-03-01")));
    assertThat(
        new AsOf(LocalDate.parse("2024-02-28"), Step.MONTH).firstForecast(),
        is(LocalDate.parse("2024-02-01")));
    assertThrows(
        IllegalArgumentException.class, () -> new AsOf(LocalDate.parse("2024-02-28"), Step.DAY));
  }

  @Test
  void seriesBeginAtTheirFirstSaleAndGapsAreZeros() {
    List<Series> panel =
        Panel.of(
            List.of(
                sold("SOUTH", "2026-11-16", 4),
                sold("NORTH", "2026-11-02", 7),
                sold("NORTH", "2026-10-26", 3),
                sold("NORTH", "2026-11-23", 99)),
            SUNDAY,
            52);
    assertThat(
        panel,
        contains(
            new Series(
                "NORTH", Step.WEEK, LocalDate.parse("2026-10-26"), 52, new double[] {3, 7, 0, 0}),
            new Series("SOUTH", Step.WEEK, LocalDate.parse("2026-11-16"), 52, new double[] {4})));
  }

  @Test
  void seriesEndWithZerosWhenNothingWasSoldLately() {
    List<Series> panel =
        Panel.of(
            List.of(sold("NORTH", "2026-08-01", 2)),
            new AsOf(LocalDate.parse("2026-11-30"), Step.MONTH),
            12);
    assertThat(panel.get(0).values(), is(new double[] {2, 0, 0, 0}));
  }

  @Test
  void orderOfArrivalChangesNothing() {
    List<PeriodUnits> units = new ArrayList<>();
    for (int week = 1; week < 30; week++) {
      units.add(
          new PeriodUnits(
              "region", "R" + week % 4, LocalDate.parse("2026-11-23").minusWeeks(week), week));
    }
    List<Series> expected = Panel.of(units, SUNDAY, 52);
    for (long seed = 1; seed <= 20; seed++) {
      Collections.shuffle(units, new Random(seed));
      assertThat("seed " + seed, Panel.of(units, SUNDAY, 52), is(expected));
    }
  }
}
