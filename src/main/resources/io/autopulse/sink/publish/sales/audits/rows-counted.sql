-- The counted records of each feed and fate, for rows-as-counted.
select 'sales' as feed, 'accepted' as fate, rows_accepted as counted from {load_run_feeds}
where feed = 'sales'
union all
select 'sales' as feed, 'superseded' as fate, rows_superseded as counted
from {load_run_feeds}
where feed = 'sales'
union all
select 'sales' as feed, 'out of range' as fate, rows_out_of_range as counted
from {load_run_feeds}
where feed = 'sales'
union all
select
    feed,
    'current' as fate,
    rows_accepted - rows_superseded - rows_out_of_range as counted
from {load_run_feeds}
union all
select feed, 'rejected' as fate, rows_rejected as counted from {load_run_feeds}
