package io.autopulse.transform.record;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How far the pipelines of this process are: what a terminal shows while an embedded runner works.
 * Only a picture: retried work counts twice, and a cluster's workers count in their own processes.
 * The run's balance is counted in the data instead.
 */
public final class RunProgress {
  private static final LongAdder READ = new LongAdder();
  private static final LongAdder RESOLVED = new LongAdder();
  private static final LongAdder KPI_ROWS = new LongAdder();
  private static final LongAdder FITS_EXPECTED = new LongAdder();
  private static final LongAdder FITS = new LongAdder();

  private static final Map<String, LongAdder> KEYS = new ConcurrentHashMap<>();

  private RunProgress() {}

  /** Adds records that were read. */
  public static void read(long records) {
    READ.add(records);
  }

  /** Adds versions that were resolved. */
  public static void resolved(long versions) {
    RESOLVED.add(versions);
  }

  /** Adds KPI rows that were computed. */
  public static void kpiRows(long rows) {
    KPI_ROWS.add(rows);
  }

  /** Adds fits that a forecast will make. */
  public static void fitsExpected(long fits) {
    FITS_EXPECTED.add(fits);
  }

  /** Adds fits that a forecast has made. */
  public static void fits(long fits) {
    FITS.add(fits);
  }

  static void keys(String key, long records) {
    KEYS.computeIfAbsent(key, k -> new LongAdder()).add(records);
  }

  /**
   * Returns what {@link Counts} says of the keys of a live job's JSON records so far: {@code
   * feed/KEYED}, and {@code feed/ABSENT/name}.
   */
  public static Map<String, Long> keys() {
    Map<String, Long> counts = new TreeMap<>();
    KEYS.forEach((key, records) -> counts.put(key, records.sum()));
    return counts;
  }

  /** Starts from zero, before a pipeline. */
  public static void reset() {
    KEYS.clear();
    READ.reset();
    RESOLVED.reset();
    KPI_ROWS.reset();
    FITS_EXPECTED.reset();
    FITS.reset();
  }

  /** Returns the raw records parsed so far. */
  public static long recordsRead() {
    return READ.sum();
  }

  /** Returns the fits that forecasts of this process have begun to make. */
  public static long fitsExpected() {
    return FITS_EXPECTED.sum();
  }

  /** Returns the fits made so far. */
  public static long fits() {
    return FITS.sum();
  }

  /** Returns the stage that the counts show. */
  public static String stage() {
    if (FITS_EXPECTED.sum() > 0) {
      return FITS.sum() < FITS_EXPECTED.sum() ? "forecasting" : "reconciling";
    }
    if (KPI_ROWS.sum() > 0) {
      return "computing KPIs";
    }
    return RESOLVED.sum() > 0 ? "resolving versions" : "reading";
  }
}
