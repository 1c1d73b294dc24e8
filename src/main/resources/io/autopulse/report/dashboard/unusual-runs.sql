-- The runs of jobs of sales that published nothing, or that computed days of the past alone.
select
    run_id,
    job,
    status,
    cast(started_at as date) as started_on,
    interval_from,
    interval_to
from {core}.load_runs
where
    started_at >= ?
    and started_at < ?
    and (
        status in ('REJECTED', 'FAILED', 'ABANDONED')
        or (status = 'PUBLISHED' and interval_to < cast(started_at as date))
    )
    and job in (
        select sales_runs.job
        from {core}.load_runs as sales_runs
        inner join {core}.load_run_feeds as feeds on sales_runs.run_id = feeds.run_id
        where feeds.feed = 'sales'
    )
order by started_at, run_id
