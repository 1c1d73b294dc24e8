package io.autopulse.domain.kpi;

import io.autopulse.domain.sale.block.LittleEndian;

/**
 * The layout of what one version adds to KPIs: {@value #LENGTH} bytes. Days since 1970-01-01;
 * prices in cents.
 */
public final class Fact {
  /** Bytes a fact. */
  public static final int LENGTH = 32;

  private static final int DAY = 0;
  private static final int VEHICLE = 4;
  private static final int OUTLET = 8;
  private static final int KIND = 12;
  private static final int HOUR = 14;
  private static final int NET = 16;
  private static final int LIST = 24;

  /** A sold current version. */
  public static final int SOLD = 0;

  /** A cancelled current version. */
  public static final int CANCELLED = 1;

  /** A returned current version. */
  static final int RETURNED = 2;

  /**
   * A version that a newer one supersedes, or a content that a greater one of its moment won
   * against: it counts in the revision of the cells it belonged to, and nowhere else.
   */
  public static final int SUPERSEDED = 3;

  private Fact() {}

  static void put(
      byte[] bytes,
      int at,
      int day,
      int hour,
      int vehicle,
      int outlet,
      int kind,
      long net,
      long list) {
    LittleEndian.putInt(bytes, at + DAY, day);
    LittleEndian.putShort(bytes, at + HOUR, hour);
    LittleEndian.putInt(bytes, at + VEHICLE, vehicle);
    LittleEndian.putInt(bytes, at + OUTLET, outlet);
    LittleEndian.putShort(bytes, at + KIND, kind);
    LittleEndian.putLong(bytes, at + NET, net);
    LittleEndian.putLong(bytes, at + LIST, list);
  }

  /** Returns the business date, in days since 1970-01-01. */
  public static int day(byte[] bytes, int at) {
    return LittleEndian.getInt(bytes, at + DAY);
  }

  /** Returns the code of the vehicle in its block. */
  public static int vehicle(byte[] bytes, int at) {
    return LittleEndian.getInt(bytes, at + VEHICLE);
  }

  /** Returns the code of the outlet in its block. */
  public static int outlet(byte[] bytes, int at) {
    return LittleEndian.getInt(bytes, at + OUTLET);
  }

  /** Returns what the sale counts as. */
  public static int kind(byte[] bytes, int at) {
    return LittleEndian.getUnsignedShort(bytes, at + KIND);
  }

  /** Returns the hour of the day; 0 if no hourly KPIs are wanted. */
  public static int hour(byte[] bytes, int at) {
    return LittleEndian.getUnsignedShort(bytes, at + HOUR);
  }

  /** Returns the net price in cents. */
  public static long net(byte[] bytes, int at) {
    return LittleEndian.getLong(bytes, at + NET);
  }

  /** Returns the list price in cents. */
  public static long list(byte[] bytes, int at) {
    return LittleEndian.getLong(bytes, at + LIST);
  }
}
