package io.autopulse.domain.trend;

/**
 * The units of the whole business that shares are taken of, as known at the end of each week: one
 * pass over the weeks, asked by every member.
 */
public final class TotalUnits {
  private final int first;
  private final long[] recent;
  private final long[] before;
  private final boolean[] known;

  /**
   * Adds them up.
   *
   * @param all all sales
   * @param lastWeek the last week that is asked for
   */
  public TotalUnits(Vintages all, int lastWeek) {
    KnownWeeks weeks = new KnownWeeks(all, lastWeek);
    first = weeks.week() + 1;
    int length = Math.max(0, lastWeek - first + 1);
    recent = new long[length];
    before = new long[length];
    known = new boolean[length];
    while (weeks.advance()) {
      int week = weeks.week();
      int at = week - first;
      recent[at] = weeks.units(week - TrendFormulas.SHORT + 1, week);
      before[at] = weeks.units(week - 2 * TrendFormulas.SHORT + 1, week - TrendFormulas.SHORT);
      known[at] = weeks.firstKnown() <= week - 2 * TrendFormulas.SHORT + 1;
    }
  }

  /** Tells whether the weeks of both sides of a share's change are known at the end of a week. */
  boolean known(int week) {
    return week >= first && known[week - first];
  }

  /** Returns the units of the week and the three before. */
  long recent(int week) {
    return recent[week - first];
  }

  /** Returns the units of the four weeks before those. */
  long before(int week) {
    return before[week - first];
  }
}
