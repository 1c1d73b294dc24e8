-- The counts of a replay: a record that is rejected again and that the source has too is a
-- duplicate.
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
from {counts} as counts
left join (
    select feed, count(*) as records
    from ({numbered}) as numbered
    where is_again = 1
    group by feed
) as again on counts.feed = again.feed
