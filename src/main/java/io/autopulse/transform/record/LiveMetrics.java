package io.autopulse.transform.record;

import io.autopulse.domain.problem.RejectCode;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * What a live job counts, for its runner's metrics. A restart may count a bundle twice: tables are
 * exact, metrics are for watching.
 */
public final class LiveMetrics {
  private static final String NAMESPACE = "autopulse";

  /** Distinct sale versions. */
  public static final Counter ACCEPTED = counter("accepted");

  /** Versions that had come before. */
  public static final Counter DUPLICATES = counter("duplicates");

  /** Records that the manifest's filter skips. */
  static final Counter SKIPPED = counter("skipped");

  /** Contents of a moment and sequence of which another was known. */
  public static final Counter CONFLICTING = counter("conflicting");

  /** Versions that a newer one of their sale superseded. */
  public static final Counter SUPERSEDED = counter("superseded");

  /** Versions of sales longer ago than the correction horizon. */
  public static final Counter TOO_LATE = rejected(RejectCode.TOO_LATE);

  /** How long ago the newest version of the last block was made, in milliseconds. */
  public static final Gauge EVENT_TIME_LAG = Metrics.gauge(NAMESPACE, "event_time_lag_ms");

  private LiveMetrics() {}

  /** Returns the counter of the records rejected under a code: {@code rejected_BAD_DATE}. */
  public static Counter rejected(RejectCode code) {
    return counter("rejected_" + code.name());
  }

  /** Returns the counter of JSON records that lack a key: {@code absent_sales_make}. */
  static Counter absent(String feed, String name) {
    return counter("absent_" + feed + "_" + name);
  }

  private static Counter counter(String name) {
    return Metrics.counter(NAMESPACE, name);
  }
}
