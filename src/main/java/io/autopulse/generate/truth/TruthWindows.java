package io.autopulse.generate.truth;

import io.autopulse.domain.kpi.Grain;
import io.autopulse.generate.world.SaleCalendar;
import java.time.LocalDate;

/**
 * The windows of one grain that a period touches, in order; worked out day by day, not by the
 * pipeline's rule.
 */
final class TruthWindows {
  private final int[] windowOfDay;
  private final LocalDate[] starts;
  private final LocalDate[] ends;
  private final int size;

  /** Numbers the windows of a grain of whole days. */
  TruthWindows(Grain grain, SaleCalendar calendar) {
    if (grain == Grain.HOUR) {
      throw new IllegalArgumentException("the truth is told by days, not by hours");
    }
    windowOfDay = new int[calendar.days()];
    starts = new LocalDate[calendar.days()];
    ends = new LocalDate[calendar.days()];
    int last = -1;
    for (int day = 0; day < windowOfDay.length; day++) {
      LocalDate date = calendar.date(day);
      LocalDate start =
          switch (grain) {
            case DAY, HOUR -> date;
            case WEEK -> date.minusDays(date.getDayOfWeek().getValue() - 1L);
            case MONTH -> LocalDate.of(date.getYear(), date.getMonth(), 1);
          };
      if (last < 0 || !starts[last].equals(start)) {
        last++;
        starts[last] = start;
        ends[last] =
            switch (grain) {
              case HOUR, DAY -> date.plusDays(1);
              case WEEK -> start.plusDays(7);
              case MONTH -> start.plusDays(start.lengthOfMonth());
            };
      }
      windowOfDay[day] = last;
    }
    size = last + 1;
  }

  /** Returns how many windows there are. */
  int size() {
    return size;
  }

  int of(int day) {
    return windowOfDay[day];
  }

  LocalDate start(int window) {
    return starts[window];
  }

  LocalDate end(int window) {
    return ends[window];
  }
}
