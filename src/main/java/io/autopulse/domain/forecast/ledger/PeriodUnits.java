package io.autopulse.domain.forecast.ledger;

import java.time.LocalDate;
import java.util.List;

/**
 * The units that a member sold in a period.
 *
 * @param dimension the dimension's name
 * @param member the member
 * @param period the first day of the period
 * @param units how many, at least 1: a period without a sale has no row
 */
public record PeriodUnits(String dimension, String member, LocalDate period, long units) {
  /** Returns the texts that {@link #of} reads. */
  public List<String> texts() {
    return List.of(dimension, member, period.toString(), String.valueOf(units));
  }

  /** Returns the units that {@link #texts} gave. */
  public static PeriodUnits of(List<String> texts) {
    return new PeriodUnits(
        texts.get(0), texts.get(1), LocalDate.parse(texts.get(2)), Long.parseLong(texts.get(3)));
  }
}
