package io.autopulse.pipeline.manifest;

/**
 * The kinds of jobs. Whatever depends on the kind is a switch expression over all of them, so that
 * a new kind does not compile until each place has an answer.
 */
public enum JobKind {
  /** Reads sales that have an end, and publishes them with their KPIs. */
  REFRESH,
  /** Reads market feeds that have an end. */
  MARKET,
  /** Computes weekly trend features of what the warehouse holds. */
  TRENDS,
  /** Forecasts the weeks or months that follow what the warehouse knew on a date. */
  FORECAST,
  /** Follows sales, perhaps with market feeds beside them for trends. */
  LIVE_SALES,
  /** Follows market feeds. */
  LIVE_MARKET
}
