package io.autopulse.domain.compare;

import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What was sold in each hour of a day.
 *
 * @param hours of the day
 * @param units one number an hour
 * @param untimed units whose moment is the day's first one: sources that know dates only say so
 */
public record DayUnits(DayHours hours, List<Long> units, long untimed) {
  /** Checks that every hour has a number. */
  public DayUnits {
    units = List.copyOf(units);
    if (units.size() != hours.count()) {
      throw new IllegalArgumentException(
          hours + " has " + hours.count() + " hours, not " + units.size());
    }
  }

  /** Returns the units of the whole day. */
  public long total() {
    return untimed + units.stream().mapToLong(Long::longValue).sum();
  }

  /** Tells whether any unit has a time of day. */
  public boolean hasTimes() {
    return total() > untimed;
  }

  /** Returns the units of the hours that begin before a minute of the clock on the wall. */
  public long until(int minute) {
    long sum = untimed;
    for (int hour = 0; hour < units.size(); hour++) {
      if (hours.minute(hour) < minute) {
        sum += units.get(hour);
      }
    }
    return sum;
  }

  /** Returns the units from the day's beginning to the end of an hour. */
  public long through(int hour) {
    return untimed + units.subList(0, hour + 1).stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Returns the mean of what days had sold by a minute of the clock on the wall; empty if no day
   * has times.
   */
  public static OptionalDouble usual(Collection<DayUnits> days, int minute) {
    return days.stream().filter(DayUnits::hasTimes).mapToLong(day -> day.until(minute)).average();
  }
}
