package io.autopulse.domain.forecast.life;

import io.autopulse.domain.calendar.Step;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * How fast models begin and end, in periods of a step.
 *
 * @param mature so long after its launch a model is forecast by its own history alone, and so long
 *     after its end it sells nothing: 26 weeks
 * @param decay what a period counts for a level, compared with the next: half in a month
 * @param offset units that are added before logarithms are taken, so that 0 has one
 * @param before how many periods before its end tell the level of a model: 13 weeks
 */
record Pace(int mature, double decay, double offset, int before) {
  static Pace of(Step step) {
    return switch (step) {
      case DAY -> new Pace(182, 0.977, 0.1, 91);
      case WEEK -> new Pace(26, 0.85, 0.5, 13);
      case MONTH, NUMBERED -> new Pace(6, 0.5, 2, 3);
      case QUARTER -> new Pace(2, 0.125, 6, 1);
      case YEAR -> new Pace(1, 0.1, 24, 1);
    };
  }

  /** Returns how many whole periods lie between the start of a series and a day. */
  static int periods(Step step, LocalDate start, LocalDate day) {
    long periods =
        switch (step) {
          case DAY, NUMBERED -> ChronoUnit.DAYS.between(start, day);
          case WEEK -> Math.floorDiv(ChronoUnit.DAYS.between(start, day), 7);
          case MONTH -> months(start, day);
          case QUARTER -> Math.floorDiv(months(start, day), 3);
          case YEAR -> Math.floorDiv(months(start, day), 12);
        };
    return Math.toIntExact(periods);
  }

  private static long months(LocalDate start, LocalDate day) {
    return ChronoUnit.MONTHS.between(start.withDayOfMonth(1), day.withDayOfMonth(1));
  }

  /** Returns the level of the first periods, of which later ones count more; 0 of none. */
  double level(double[] units, int length) {
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < length; i++) {
      sum = sum * decay + units[i];
      weights = weights * decay + 1;
    }
    return weights > 0 ? sum / weights : 0;
  }
}
