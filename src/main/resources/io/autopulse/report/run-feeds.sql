-- What became of the records of a run's feeds.
select
    feed,
    rows_read,
    rows_accepted,
    rows_rejected,
    rows_duplicate,
    rows_superseded,
    rows_out_of_range,
    rows_published,
    rows_conflicting,
    rows_skipped
from {core}.load_run_feeds
where run_id = ?
order by feed
