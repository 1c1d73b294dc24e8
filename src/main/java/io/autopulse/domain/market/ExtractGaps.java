package io.autopulse.domain.market;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Finds the periods that an extract of registrations lacks as a whole. An extract of a grain and
 * region is what came within twelve hours before the last row of a business date ({@link
 * Extracts#TOLERANCE_MICROS}); it spans the periods from its first to its last. A period within
 * that was known before, and of which it has no row, is withdrawn: the source has it no more. What
 * lies before the first or after the last may be outside the extract, and stays. So does a region
 * of which it has no row at all: regions are often extracted one by one.
 */
public final class ExtractGaps {
  /**
   * A period that an extract spans and lacks.
   *
   * @param period its first day
   * @param day the business date of the extract, days since 1970-01-01
   * @param until the extract's last row, microseconds UTC; {@link #NONE} if it lacks it no more
   */
  public record Gap(String period, int day, long until) {}

  /** When the last row came of an extract that lacks nothing: before any other. */
  public static final long NONE = Long.MIN_VALUE;

  private final NavigableMap<String, NavigableMap<Integer, Long>> lastOfPeriod = new TreeMap<>();
  private final NavigableMap<Integer, Long> lastOfDay = new TreeMap<>();

  /**
   * Takes in that a row of a period was extracted.
   *
   * @param period its first day, as text
   * @param day the business date of the extraction, days since 1970-01-01
   * @param extractedAt microseconds UTC
   */
  public void add(String period, int day, long extractedAt) {
    lastOfPeriod
        .computeIfAbsent(period, first -> new TreeMap<>())
        .merge(day, extractedAt, Math::max);
    lastOfDay.merge(day, extractedAt, Math::max);
  }

  /** Returns the gaps of all extracts, by day and period. */
  public List<Gap> gaps() {
    List<Gap> gaps = new ArrayList<>();
    lastOfDay.forEach((day, last) -> find(day, last, gaps));
    return Collections.unmodifiableList(gaps);
  }

  private void find(int day, long last, List<Gap> gaps) {
    List<Gap> lacked = new ArrayList<>();
    boolean within = false;
    for (var period : lastOfPeriod.entrySet()) {
      var known = period.getValue().floorEntry(day);
      if (known != null && known.getValue() >= last - Extracts.TOLERANCE_MICROS) {
        // What was lacked since the period before is within the extract.
        gaps.addAll(lacked);
        lacked.clear();
        within = true;
      } else if (known != null && within) {
        lacked.add(new Gap(period.getKey(), day, last));
      }
    }
  }
}
