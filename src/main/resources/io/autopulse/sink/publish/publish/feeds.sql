-- What was counted of each feed.
select
    feed,
    rows_read,
    rows_accepted,
    rows_rejected,
    rows_duplicate,
    rows_superseded,
    rows_out_of_range,
    rows_accepted - rows_superseded - rows_out_of_range as rows_published,
    rows_conflicting,
    conflicting_first,
    conflicting_last,
    rows_skipped
from {load_run_feeds}
order by feed
