package io.autopulse.domain.compare;

import io.autopulse.domain.sale.BusinessInterval;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much the units of some days changed on a day, by sales that became known, were corrected or
 * taken back.
 *
 * @param days that the sales are of
 * @param on when it changed
 * @param units by how many: below 0 if they fell
 */
public record UnitChange(BusinessInterval days, LocalDate on, long units) {
  /** Fewer units are not worth telling. */
  private static final long FEWEST = 3;

  /** Nor is less than this part of the units: one in so many. */
  private static final long PART = 100;

  /** Whatever is entered on the day after the last one is late by a night, not restated. */
  private boolean isRestatement() {
    return on.isAfter(days.to());
  }

  /**
   * Returns the restatements that are worth telling, by date: changes of days that were over the
   * day before, of three units and one in a hundred or more, the largest if there are too many.
   *
   * @param all every change of the days, the first ones too: those of the same days add up to their
   *     units
   * @param most how many are told
   */
  public static List<UnitChange> restatements(Collection<UnitChange> all, int most) {
    Map<BusinessInterval, Long> units =
        all.stream()
            .collect(
                Collectors.groupingBy(UnitChange::days, Collectors.summingLong(UnitChange::units)));
    return all.stream()
        .filter(UnitChange::isRestatement)
        .filter(change -> Math.abs(change.units) >= FEWEST)
        .filter(change -> Math.abs(change.units) * PART >= units.getOrDefault(change.days, 0L))
        .sorted(
            Comparator.comparingLong((UnitChange change) -> -Math.abs(change.units))
                .thenComparing(UnitChange::on))
        .limit(most)
        .sorted(Comparator.comparing(UnitChange::on).thenComparing(change -> change.days.from()))
        .toList();
  }
}
