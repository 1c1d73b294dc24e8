package io.autopulse.domain.sale;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneRules;

/**
 * Moments and business dates in one time zone, for millions of values: the offset of a day without
 * a change of the clocks is looked up once. Days with a change go through {@code java.time} each
 * time. Not safe for use by several threads.
 */
public final class BusinessClock {
  private static final int FIRST_DAY = (int) LocalDate.of(1970, 1, 1).toEpochDay();
  private static final int DAYS = (int) LocalDate.of(2101, 1, 1).toEpochDay() - FIRST_DAY;
  private static final int UNSEEN = Integer.MIN_VALUE;
  private static final int CHANGING = Integer.MAX_VALUE;
  private static final long DAY_SECONDS = 86_400;
  private static final long HOUR_SECONDS = 3_600;
  private static final long MICROS = 1_000_000;

  private final ZoneId zone;
  private final ZoneRules rules;
  private final int[] offsets = new int[DAYS];

  /** Makes a clock of the zone. */
  public BusinessClock(ZoneId zone) {
    this.zone = zone;
    this.rules = zone.getRules();
    java.util.Arrays.fill(offsets, UNSEEN);
  }

  /**
   * Returns the business date of a moment.
   *
   * @param micros microseconds since 1970-01-01T00:00:00Z
   * @return days since 1970-01-01 in the zone
   */
  public int dateOf(long micros) {
    return (int) Math.floorDiv(localSecond(micros), DAY_SECONDS);
  }

  /**
   * Returns the hour that a clock on the wall shows at a moment: the hour that the clocks go
   * through twice is the same both times.
   *
   * @param micros microseconds since 1970-01-01T00:00:00Z
   * @return hours since 1970-01-01T00 in the zone
   */
  public int hourOf(long micros) {
    return (int) Math.floorDiv(localSecond(micros), HOUR_SECONDS);
  }

  /**
   * Returns a moment.
   *
   * @param micros microseconds since 1970-01-01T00:00:00Z
   */
  public static Instant instantOf(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
  }

  private long localSecond(long micros) {
    long second = Math.floorDiv(micros, MICROS);
    int offset = offset(Math.floorDiv(second, DAY_SECONDS));
    if (offset == CHANGING) {
      offset = rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
    }
    return second + offset;
  }

  /**
   * Returns the moment of a local time: in a gap (clocks put forward) the time moved by the gap's
   * length, in an overlap the earlier of the two, as {@link LocalDateTime#atZone} does.
   *
   * @param day days since 1970-01-01
   * @param microOfDay microseconds since local midnight
   * @return microseconds since 1970-01-01T00:00:00Z
   */
  public long momentOf(long day, long microOfDay) {
    int offset = offset(day);
    if (offset != CHANGING && offset(day - 1) == offset && offset(day + 1) == offset) {
      return (day * DAY_SECONDS - offset) * MICROS + microOfDay;
    }
    Instant moment =
        LocalDate.ofEpochDay(day)
            .atStartOfDay()
            .plusNanos(microOfDay * 1000)
            .atZone(zone)
            .toInstant();
    return moment.getEpochSecond() * MICROS + moment.getNano() / 1000;
  }

  // The offset of a whole UTC day, or CHANGING.
  private int offset(long day) {
    int index = (int) (day - FIRST_DAY);
    if (index < 0 || index >= DAYS) {
      return CHANGING;
    }
    int offset = offsets[index];
    if (offset == UNSEEN) {
      Instant start = Instant.ofEpochSecond(day * DAY_SECONDS);
      Instant end = start.plusSeconds(DAY_SECONDS);
      var change = rules.nextTransition(start.minusSeconds(1));
      offset =
          change != null && change.getInstant().isBefore(end)
              ? CHANGING
              : rules.getOffset(start).getTotalSeconds();
      offsets[index] = offset;
    }
    return offset;
  }
}
