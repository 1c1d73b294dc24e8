-- Every version read back is accepted again.
select
    feed as place,
    'no version rejected' as expected,
    rows_rejected || ' of ' || rows_read || ' rejected' as found
from {load_run_feeds}
where rows_rejected > 0
