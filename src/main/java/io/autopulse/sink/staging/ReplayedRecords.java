package io.autopulse.sink.staging;

import java.util.Map;

/**
 * What a replay has staged, each record once. A replayed record is often still at its source; if
 * both are rejected again, the replayed one is a duplicate of the other. A record is known by all
 * of its text, and not by its place, which changes: rows of a database have no order, and files
 * grow. Of records that are equal as many are kept as were replayed, or as the source has if those
 * are more.
 */
public final class ReplayedRecords {
  /** What the origins of replayed records begin with until they are published. */
  public static final String MARK = "replayed:";

  private static final String NUMBERED =
      """
      (
          with texts as (
              select
                  feed,
                  case
                      when left(origin, {length}) = '{mark}' then substr(origin, {length} + 1)
                      else origin
                  end as origin,
                  code,
                  step,
                  field,
                  message,
                  raw,
                  format,
                  header,
                  case when left(origin, {length}) = '{mark}' then 1 else 0 end as replayed
              from {records}
          ),

          placed as (
              select
                  texts.*,
                  row_number() over (partition by feed, raw, origin, replayed order by code) as time_read,
                  min(replayed) over (partition by feed, raw, origin) as is_gone,
                  sum(1 - replayed) over (partition by feed, raw) as at_source
              from texts
          ),

          ranked as (
              select
                  placed.*,
                  row_number() over (
                      partition by feed, raw, replayed order by time_read, is_gone, origin
                  ) as rank_of_record
              from placed
          )

          select
              ranked.*,
              case
                  when replayed = 1 and (time_read > 1 or rank_of_record <= at_source) then 1
                  else 0
              end as is_again
          from ranked
      ) as numbered
      """;

  private static final String ONCE =
      """
      (
          select feed, origin, code, step, field, message, raw, format, header
          from %s
          where is_again = 0
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
              select feed, count(*) as records from %s where is_again = 1 group by feed
          ) as again on counts.feed = again.feed
      )
      """;

  private ReplayedRecords() {}

  /** Returns what stands for the relations of a replay in statements, by their names. */
  public static Map<String, String> relations(StagingNames names) {
    String records = numbered(names);
    return Map.of(
        "rejected_records",
        ONCE.formatted(records),
        "load_run_feeds",
        COUNTS.formatted(names.relation("load_run_feeds"), records));
  }

  private static String numbered(StagingNames names) {
    return NUMBERED
        .replace("{length}", String.valueOf(MARK.length()))
        .replace("{mark}", MARK)
        .replace("{records}", names.relation("rejected_records"))
        .strip();
  }

  /** Returns a relation of the rejected records of a replay, each once. */
  static String records(StagingNames names) {
    return ONCE.formatted(numbered(names));
  }
}
