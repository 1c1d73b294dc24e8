package io.autopulse.domain.market;

import java.time.LocalDate;

/**
 * Vehicles that the whole market registered in a period, as known on a day. Names are members, as
 * those of sales are; what the feed does not tell apart is {@code ALL}.
 *
 * @param periodStart the first day of the period
 * @param periodGrain {@code day}, {@code week}, {@code month}, {@code quarter} or {@code year}
 * @param region a region, or {@code ALL}
 * @param make a make, or {@code ALL}
 * @param model make and model, such as {@code RENAULT CLIO}, or {@code ALL}
 * @param powertrain a powertrain, or {@code ALL}
 * @param knownOn the business date on whose evening this figure was first known
 * @param registrations units, not negative
 */
public record Registrations(
    LocalDate periodStart,
    String periodGrain,
    String region,
    String make,
    String model,
    String powertrain,
    LocalDate knownOn,
    long registrations) {
  /** Checks the units. */
  public Registrations {
    if (registrations < 0) {
      throw new IllegalArgumentException("registrations below zero: " + registrations);
    }
  }
}
