-- The counted figures of one table, for rows-as-counted.
select
    '{table}' as feed,
    'current' as fate,
    coalesce(sum(rows_accepted - rows_superseded - rows_out_of_range), 0) as counted
from {load_run_feeds}
where feed in ({feeds})
