-- As many rows are staged of each feed and fate as records were counted.
with counted as (
    {rows_counted}
),

staged as (
    {rows_staged}
)

select
    coalesce(counted.feed, staged.feed, 'a feed without a name') || ', '
    || coalesce(counted.fate, staged.fate) as place,
    coalesce(counted.counted, 0) || ' as counted' as expected,
    coalesce(staged.staged, 0) || ' staged' as found
from counted
full outer join staged on counted.feed = staged.feed and counted.fate = staged.fate
where coalesce(counted.counted, 0) <> coalesce(staged.staged, 0)
