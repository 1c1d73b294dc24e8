package io.autopulse.domain.compare;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import io.autopulse.domain.sale.BusinessInterval;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitChangeTest {
  private static final LocalDate MONDAY = LocalDate.of(2020, 12, 28);

  /** ISO week 53 of 2020, until Sunday 3 January 2021. */
  private static final BusinessInterval WEEK = week(MONDAY);

  @Test
  void changeOfDaysThatWereOverIsARestatement() {
    UnitChange first = change(WEEK, "2020-12-30", 20);
    UnitChange nextMorning = change(WEEK, "2021-01-04", 5);
    UnitChange rise = change(WEEK, "2021-03-14", 3);
    UnitChange fall = change(WEEK, "2021-01-05", -4);
    assertThat(
        UnitChange.restatements(List.of(rise, first, fall, nextMorning), 8), contains(fall, rise));
  }

  @Test
  void changeOfTwoUnitsOrOfLessThanAHundredthIsNotTold() {
    assertThat(
        UnitChange.restatements(
            List.of(change(WEEK, "2020-12-30", 20), change(WEEK, "2021-03-14", 2)), 8),
        empty());
    BusinessInterval large = week(MONDAY.plusWeeks(1));
    UnitChange hundredth = change(large, "2021-03-14", 4);
    assertThat(
        UnitChange.restatements(List.of(change(large, "2021-01-05", 396), hundredth), 8),
        contains(hundredth));
    assertThat(
        UnitChange.restatements(List.of(change(large, "2021-01-05", 397), hundredth), 8), empty());
  }

  @Test
  void largestAreToldIfThereAreTooMany() {
    List<UnitChange> changes = new ArrayList<>();
    for (int week = 0; week < 5; week++) {
      changes.add(change(week(MONDAY.plusWeeks(week)), "2021-03-1" + week, 10 + week % 3));
    }
    assertThat(
        UnitChange.restatements(changes, 3),
        contains(changes.get(1), changes.get(2), changes.get(4)));
  }

  private static BusinessInterval week(LocalDate monday) {
    return new BusinessInterval(monday, monday.plusWeeks(1));
  }

  private static UnitChange change(BusinessInterval days, String on, long units) {
    return new UnitChange(days, LocalDate.parse(on), units);
  }
}
