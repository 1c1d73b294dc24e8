package io.autopulse.domain.sale;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/**
 * A half-open range of business dates in the manifest's time zone.
 *
 * @param from the first business date, inclusive
 * @param to the business date after the last, exclusive; after {@code from}
 */
public record BusinessInterval(LocalDate from, LocalDate to) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Every business date that a warehouse can hold: what {@code lookback: all} covers. */
  public static final BusinessInterval ALL =
      new BusinessInterval(LocalDate.of(1900, 1, 1), LocalDate.of(2200, 1, 1));

  /** Checks that the interval is not empty. */
  public BusinessInterval {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("the interval " + from + " to " + to + " is empty");
    }
  }

  /**
   * Returns the smallest interval around this one that is made of whole ISO weeks and whole months
   * at both ends, so that every window that touches this interval can be recomputed whole.
   */
  public BusinessInterval alignedOutward() {
    if (equals(ALL)) {
      return this;
    }
    LocalDate last = to.minusDays(1);
    return new BusinessInterval(
        earlier(weekStart(from), from.withDayOfMonth(1)),
        later(weekStart(last).plusWeeks(1), last.withDayOfMonth(1).plusMonths(1)));
  }

  /** Tells whether the business date lies in this interval. */
  public boolean contains(LocalDate date) {
    return !date.isBefore(from) && date.isBefore(to);
  }

  /** Tells whether a business date lies in both intervals. */
  public boolean overlaps(BusinessInterval other) {
    return from.isBefore(other.to) && other.from.isBefore(to);
  }

  /** Returns the parts of this interval that lie in one calendar month each, in order. */
  public List<BusinessInterval> months() {
    List<BusinessInterval> months = new ArrayList<>();
    for (LocalDate start = from; start.isBefore(to); ) {
      LocalDate next = earlier(to, start.withDayOfMonth(1).plusMonths(1));
      months.add(new BusinessInterval(start, next));
      start = next;
    }
    return months;
  }

  /** Returns the Monday of the date's ISO 8601 week. */
  public static LocalDate weekStart(LocalDate date) {
    return date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  private static LocalDate earlier(LocalDate a, LocalDate b) {
    return a.isBefore(b) ? a : b;
  }

  private static LocalDate later(LocalDate a, LocalDate b) {
    return a.isAfter(b) ? a : b;
  }

  @Override
  public String toString() {
    return equals(ALL) ? "all dates" : from + " to " + to;
  }
}
