package io.autopulse.sink;

import java.util.Map;

/**
 * What a replay has staged, each record once. A replayed record is often in the landing zone too;
 * if both are rejected again, the second is a duplicate of the first.
 */
final class ReplayedRecords {
  private static final String NUMBERED =
      """
      (
          select
              records.*,
              row_number() over (partition by feed, origin, raw order by code) as time_read
          from %s as records
      ) as numbered
      """;

  private static final String ONCE =
      """
      (
          select feed, origin, code, step, field, message, raw, format, header
          from %s
          where time_read = 1
      )
      """;

  private static final String COUNTS =
      """
      (
          select
              counts.feed,
              counts.rows_read,
              counts.rows_accepted,
              counts.rows_rejected - coalesce(again.records, 0) as rows_rejected,
              counts.rows_duplicate + coalesce(again.records, 0) as rows_duplicate,
              counts.rows_superseded,
              counts.rows_out_of_range,
              counts.rows_conflicting,
              counts.rows_skipped,
              counts.conflicting_first,
              counts.conflicting_last
          from %s as counts
          left join (
              select feed, count(*) as records from %s where time_read > 1 group by feed
          ) as again on counts.feed = again.feed
      )
      """;

  private ReplayedRecords() {}

  /** Returns what stands for the relations of a replay in statements, by their names. */
  static Map<String, String> relations(StagingNames names) {
    String records = numbered(names);
    return Map.of(
        "rejected_records",
        ONCE.formatted(records),
        "load_run_feeds",
        COUNTS.formatted(names.relation("load_run_feeds"), records));
  }

  private static String numbered(StagingNames names) {
    return NUMBERED.formatted(names.relation("rejected_records")).strip();
  }

  /** Returns a relation of the rejected records of a replay, each once. */
  static String records(StagingNames names) {
    return ONCE.formatted(numbered(names));
  }
}
