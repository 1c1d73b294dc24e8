package io.autopulse.domain.kpi;

import io.autopulse.domain.sale.Change;

/**
 * The sums of a KPI cell, {@value #LENGTH} neighbours of an array: what a version adds to them, and
 * the measures that they give. The one rule of batch and stream; the distribution of prices is kept
 * beside them.
 */
public final class KpiSums {
  /** Units sold. */
  public static final int SOLD = 0;

  /** Units cancelled. */
  public static final int CANCELLED = 1;

  /** Units returned. */
  public static final int RETURNED = 2;

  /** Revenue of the units sold, in cents. */
  public static final int REVENUE = 3;

  /** Revenue of the units sold that have a list price, in cents. */
  public static final int DISCOUNTED_NET = 4;

  /** The sum of these list prices, in cents. */
  public static final int DISCOUNTED_LIST = 5;

  /** How many changes the cell has seen. */
  public static final int REVISION = 6;

  /** How many sums there are. */
  public static final int LENGTH = 7;

  // Constants, so that compiled code knows them in a loop over facts.
  private static final int ENTERS = Change.ENTERS.sign();
  private static final int ENTERS_REVISIONS = Change.ENTERS.revisions();
  private static final int PASSED_REVISIONS = Change.PASSED.revisions();

  private KpiSums() {}

  /**
   * Adds a fact.
   *
   * @param at where the cell's sums begin
   * @param kind as {@link Fact} numbers it
   * @param net the price paid in cents
   * @param list the list price in cents; not above zero if there is none
   */
  public static void add(long[] sums, int at, int kind, long net, long list) {
    if (kind == Fact.SUPERSEDED) {
      sums[at + REVISION] += PASSED_REVISIONS;
    } else {
      add(sums, at, ENTERS, ENTERS_REVISIONS, kind, net, list);
    }
  }

  /**
   * Adds what a version changes.
   *
   * @param at where the cell's sums begin
   * @param kind the version's status as {@link Fact} numbers it
   * @param net the price paid in cents
   * @param list the list price in cents; not above zero if there is none
   */
  public static void add(long[] sums, int at, Change change, int kind, long net, long list) {
    add(sums, at, change.sign(), change.revisions(), kind, net, list);
  }

  private static void add(
      long[] sums, int at, int sign, int revisions, int kind, long net, long list) {
    sums[at + REVISION] += revisions;
    if (kind == Fact.SOLD) {
      sums[at + SOLD] += sign;
      sums[at + REVENUE] += sign * net;
      if (list > 0) {
        sums[at + DISCOUNTED_NET] += sign * net;
        sums[at + DISCOUNTED_LIST] += sign * list;
      }
    } else {
      sums[at + (kind == Fact.CANCELLED ? CANCELLED : RETURNED)] += sign;
    }
  }

  /**
   * Writes the measures of a cell into its row ({@link KpiLayout}).
   *
   * @param sums has the cell's sums from {@code from} on
   * @param unitsOfWindow all units sold of the window, for the sales mix; {@link Measures#ABSENT}
   *     if they are not known
   * @param median the price in cents at a percentile, or {@link Measures#ABSENT}
   * @param p10 likewise
   * @param p90 likewise
   */
  public static void putMeasures(
      byte[] row,
      int at,
      long[] sums,
      int from,
      long unitsOfWindow,
      long median,
      long p10,
      long p90) {
    long sold = sums[from + SOLD];
    long revenue = sums[from + REVENUE];
    KpiLayout.putUnits(
        row, at, sold, sums[from + CANCELLED], sums[from + RETURNED], sums[from + REVISION]);
    KpiLayout.putShares(
        row,
        at,
        Measures.averageDiscount(sums[from + DISCOUNTED_NET], sums[from + DISCOUNTED_LIST]),
        unitsOfWindow == Measures.ABSENT ? Measures.ABSENT : Measures.share(sold, unitsOfWindow));
    KpiLayout.putAmounts(row, at, revenue, Measures.averagePrice(revenue, sold), median, p10, p90);
  }
}
