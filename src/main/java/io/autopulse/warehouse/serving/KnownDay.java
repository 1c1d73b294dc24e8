package io.autopulse.warehouse.serving;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A day on whose evening something was known: of each sale the latest version made by then, of each
 * market figure its latest extract, of forecasts those that had been made.
 *
 * @param day the business date
 * @param end when it is over
 */
public record KnownDay(LocalDate day, Instant end) {
  /** Returns a day of a zone. */
  public static KnownDay of(LocalDate day, ZoneId zone) {
    return new KnownDay(day, day.plusDays(1).atStartOfDay(zone).toInstant());
  }
}
