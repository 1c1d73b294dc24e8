package io.autopulse.domain.calendar;

import java.time.LocalDate;
import java.util.Set;

/** The public holidays of one country or region. */
@FunctionalInterface
public interface Holidays {
  /** No holidays. */
  Holidays NONE = year -> Set.of();

  /**
   * Returns the public holidays of a year, those that fall on a Sunday included.
   *
   * @param year a Gregorian year
   */
  Set<LocalDate> of(int year);
}
