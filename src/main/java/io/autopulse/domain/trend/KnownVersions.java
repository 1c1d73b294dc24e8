package io.autopulse.domain.trend;

import io.autopulse.domain.sale.BusinessClock;
import io.autopulse.domain.sale.block.SaleLayout;

/**
 * When each version of a sale counted. A version is known from the week in which it was made
 * ({@code updated_at}); it counts from the end of that week until the end of the week in which a
 * higher one is known. So each version that ever stood at a week's end is added in the week in
 * which it was known, and taken out in the week in which its successor was; versions that were
 * superseded within their own week never counted. What is added up over the weeks up to W is what a
 * reader knew at the end of W, and nothing that comes later changes it. Not safe for use by several
 * threads.
 */
public final class KnownVersions {
  private final BusinessClock clock;
  private final Consumer out;
  private byte[] held = {};
  private int heldAt;
  private int heldWeek;
  private boolean holds;

  /** Takes what a version adds or takes out. */
  @FunctionalInterface
  public interface Consumer {
    /**
     * Takes a version that stands in {@code bytes} at {@code at}.
     *
     * @param week the week in which this became known
     * @param sign 1 if the version is added, -1 if it is taken out
     */
    void accept(byte[] bytes, int at, int week, int sign);
  }

  /**
   * Makes the rule.
   *
   * @param clock of the weeks' time zone
   */
  public KnownVersions(BusinessClock clock, Consumer out) {
    this.clock = clock;
    this.out = out;
  }

  /** Adds the next higher version of the sale; its bytes must stay as they are until the next. */
  public void add(byte[] bytes, int at) {
    int week = TrendWeek.of(clock.dateOf(SaleLayout.updatedAt(bytes, at)));
    if (holds && week != heldWeek) {
      out.accept(held, heldAt, heldWeek, 1);
      out.accept(held, heldAt, week, -1);
    }
    held = bytes;
    heldAt = at;
    heldWeek = week;
    holds = true;
  }

  /** Ends the sale: its highest version counts without an end. */
  public void end() {
    if (holds) {
      out.accept(held, heldAt, heldWeek, 1);
    }
    holds = false;
  }
}
