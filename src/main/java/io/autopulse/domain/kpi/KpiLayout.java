package io.autopulse.domain.kpi;

import io.autopulse.domain.sale.block.LittleEndian;

/**
 * The layout of one KPI row in a block: {@value #LENGTH} bytes. Windows in hours since
 * 1970-01-01T00 in the manifest's time zone, amounts in cents, shares in millionths, absent
 * measures {@link Measures#ABSENT} (for shares {@link #NO_SHARE}); dimension and member are codes
 * of the block's dictionaries.
 */
public final class KpiLayout {
  /** Bytes of a row. */
  public static final int LENGTH = 88;

  /** An absent share. */
  public static final int NO_SHARE = Integer.MIN_VALUE;

  private static final int WINDOW_START = 0;
  private static final int WINDOW_END = 4;
  private static final int GRAIN = 8;
  private static final int DIMENSION = 12;
  private static final int MEMBER = 16;
  private static final int IS_FINAL = 20;
  private static final int UNITS_SOLD = 24;
  private static final int UNITS_CANCELLED = 28;
  private static final int UNITS_RETURNED = 32;
  private static final int REVISION = 36;
  private static final int AVERAGE_DISCOUNT = 40;
  private static final int SALES_MIX = 44;
  private static final int REVENUE = 48;
  private static final int AVERAGE_PRICE = 56;
  private static final int MEDIAN_PRICE = 64;
  private static final int P10_PRICE = 72;
  private static final int P90_PRICE = 80;

  private KpiLayout() {}

  /** Writes the key of a row. */
  public static void putKey(
      byte[] row,
      int at,
      int grain,
      int start,
      int end,
      int dimension,
      int member,
      boolean isFinal) {
    LittleEndian.putInt(row, at + GRAIN, grain);
    LittleEndian.putInt(row, at + WINDOW_START, start);
    LittleEndian.putInt(row, at + WINDOW_END, end);
    LittleEndian.putInt(row, at + DIMENSION, dimension);
    LittleEndian.putInt(row, at + MEMBER, member);
    LittleEndian.putInt(row, at + IS_FINAL, isFinal ? 1 : 0);
  }

  /** Writes the counts of a row. */
  public static void putUnits(
      byte[] row, int at, long sold, long cancelled, long returned, long revision) {
    LittleEndian.putInt(row, at + UNITS_SOLD, Math.toIntExact(sold));
    LittleEndian.putInt(row, at + UNITS_CANCELLED, Math.toIntExact(cancelled));
    LittleEndian.putInt(row, at + UNITS_RETURNED, Math.toIntExact(returned));
    LittleEndian.putInt(row, at + REVISION, Math.toIntExact(revision));
  }

  /** Writes the shares of a row. */
  public static void putShares(byte[] row, int at, long averageDiscount, long salesMix) {
    LittleEndian.putInt(row, at + AVERAGE_DISCOUNT, share(averageDiscount));
    LittleEndian.putInt(row, at + SALES_MIX, share(salesMix));
  }

  private static int share(long millionths) {
    return millionths == Measures.ABSENT
        ? NO_SHARE
        // A list price of a cent would make a discount that no column holds: the column's limit
        // stands for it.
        : (int) Math.max(-999_999_999, Math.min(999_999_999, millionths));
  }

  /** Writes the amounts of a row. */
  public static void putAmounts(
      byte[] row, int at, long revenue, long average, long median, long p10, long p90) {
    LittleEndian.putLong(row, at + REVENUE, revenue);
    LittleEndian.putLong(row, at + AVERAGE_PRICE, average);
    LittleEndian.putLong(row, at + MEDIAN_PRICE, median);
    LittleEndian.putLong(row, at + P10_PRICE, p10);
    LittleEndian.putLong(row, at + P90_PRICE, p90);
  }

  /** Returns the {@link Grain} as its ordinal. */
  public static int grain(byte[] row, int at) {
    return LittleEndian.getInt(row, at + GRAIN);
  }

  /** Returns the window's first hour. */
  public static int windowStart(byte[] row, int at) {
    return LittleEndian.getInt(row, at + WINDOW_START);
  }

  /** Returns the hour after the window's last. */
  public static int windowEnd(byte[] row, int at) {
    return LittleEndian.getInt(row, at + WINDOW_END);
  }

  /** Returns the code of the dimension's name. */
  public static int dimension(byte[] row, int at) {
    return LittleEndian.getInt(row, at + DIMENSION);
  }

  /** Returns the code of the member. */
  public static int member(byte[] row, int at) {
    return LittleEndian.getInt(row, at + MEMBER);
  }

  /** Tells whether the window has ended. */
  public static boolean isFinal(byte[] row, int at) {
    return LittleEndian.getInt(row, at + IS_FINAL) != 0;
  }

  /** Returns the units sold. */
  public static int unitsSold(byte[] row, int at) {
    return LittleEndian.getInt(row, at + UNITS_SOLD);
  }

  /** Returns the units cancelled. */
  public static int unitsCancelled(byte[] row, int at) {
    return LittleEndian.getInt(row, at + UNITS_CANCELLED);
  }

  /** Returns the units returned. */
  public static int unitsReturned(byte[] row, int at) {
    return LittleEndian.getInt(row, at + UNITS_RETURNED);
  }

  /** Returns the number of changes that the cell has seen. */
  public static int revision(byte[] row, int at) {
    return LittleEndian.getInt(row, at + REVISION);
  }

  /** Returns the average discount. */
  public static int averageDiscount(byte[] row, int at) {
    return LittleEndian.getInt(row, at + AVERAGE_DISCOUNT);
  }

  /** Returns the share of own units. */
  public static int salesMix(byte[] row, int at) {
    return LittleEndian.getInt(row, at + SALES_MIX);
  }

  /** Returns the revenue. */
  public static long revenue(byte[] row, int at) {
    return LittleEndian.getLong(row, at + REVENUE);
  }

  /** Returns the average price. */
  public static long averagePrice(byte[] row, int at) {
    return LittleEndian.getLong(row, at + AVERAGE_PRICE);
  }

  /** Returns the median price. */
  public static long medianPrice(byte[] row, int at) {
    return LittleEndian.getLong(row, at + MEDIAN_PRICE);
  }

  /** Returns the first decile of prices. */
  public static long p10Price(byte[] row, int at) {
    return LittleEndian.getLong(row, at + P10_PRICE);
  }

  /** Returns the last decile of prices. */
  public static long p90Price(byte[] row, int at) {
    return LittleEndian.getLong(row, at + P90_PRICE);
  }
}
