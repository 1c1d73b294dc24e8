package io.autopulse.domain.trend;

import io.autopulse.domain.trend.TrendFormulas.PricedItem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The weeks of a member, as known at the end of one week after the other. Starts before the first
 * week of sale. Not safe for use by several threads.
 */
final class KnownWeeks {
  /** No week is known. */
  static final int NONE = Integer.MAX_VALUE;

  private final int first;
  private final int last;
  private final List<Cell> cells = new ArrayList<>();
  private final long[] records;
  private final long[] units;
  private final Map<String, Item> items = new TreeMap<>();
  private int nextCell;
  private int week;

  /** A sale of the future, or one known before it happened, counts from the week of sale on. */
  private record Cell(String item, int sold, int from, long records, long units, long revenue) {}

  /** What an item sold in each week. */
  private static final class Item {
    private final long[] units;
    private final long[] revenue;

    Item(int weeks) {
      units = new long[weeks];
      revenue = new long[weeks];
    }
  }

  /**
   * Prepares the weeks.
   *
   * @param lastWeek the last week that is looked at; what became known later is left out
   */
  KnownWeeks(Vintages vintages, int lastWeek) {
    vintages.forEach(
        (item, sold, known, r, u, v) -> {
          if (Math.max(sold, known) <= lastWeek) {
            cells.add(new Cell(item, sold, Math.max(sold, known), r, u, v));
          }
        });
    cells.sort(Comparator.comparingInt(Cell::from));
    first = cells.stream().mapToInt(Cell::sold).min().orElse(lastWeek + 1);
    last = lastWeek;
    records = new long[last - first + 1];
    units = new long[last - first + 1];
    week = first - 1;
  }

  /** Goes to the next week; false after the last. */
  boolean advance() {
    if (week == last) {
      return false;
    }
    week++;
    for (; nextCell < cells.size() && cells.get(nextCell).from() <= week; nextCell++) {
      Cell cell = cells.get(nextCell);
      int at = cell.sold() - first;
      records[at] += cell.records();
      units[at] += cell.units();
      Item item = items.computeIfAbsent(cell.item(), name -> new Item(units.length));
      item.units[at] += cell.units();
      item.revenue[at] += cell.revenue();
    }
    return true;
  }

  /** Returns the week at whose end things are known. */
  int week() {
    return week;
  }

  /**
   * Returns the first week with a sale on record, of any status; {@link #NONE} if there is none.
   */
  int firstKnown() {
    for (int at = 0; at <= week - first; at++) {
      if (records[at] > 0) {
        return first + at;
      }
    }
    return NONE;
  }

  /** Returns the units sold from one week to another, both included; none before the first. */
  long units(int from, int to) {
    int start = Math.max(0, from - first);
    return to < first ? 0 : sum(units, start, to - first);
  }

  private static long sum(long[] values, int from, int to) {
    long sum = 0;
    for (int at = from; at <= to; at++) {
      sum += values[at];
    }
    return sum;
  }

  /** Returns the items sold both in the current week and in the weeks just before it. */
  List<PricedItem> pricedAgainst(int weeksBefore) {
    int at = week - first;
    int from = Math.max(0, at - weeksBefore);
    List<PricedItem> priced = new ArrayList<>();
    for (Item item : items.values()) {
      long sold = item.units[at];
      if (sold > 0) {
        long base = sum(item.units, from, at - 1);
        if (base > 0) {
          priced.add(new PricedItem(sold, item.revenue[at], base, sum(item.revenue, from, at - 1)));
        }
      }
    }
    return priced;
  }
}
