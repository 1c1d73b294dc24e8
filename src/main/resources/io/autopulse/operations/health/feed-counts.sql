-- The records of each feed in the last runs of its job, the newest first, without live jobs.
with counted as (
    select
        load_runs.job,
        load_run_feeds.feed,
        load_runs.started_at,
        load_run_feeds.rows_read,
        load_run_feeds.rows_rejected,
        load_run_feeds.rows_duplicate,
        row_number() over (
            partition by load_runs.job, load_run_feeds.feed
            order by load_runs.started_at desc, load_runs.run_id desc
        ) as age
    from {core}.load_run_feeds
    inner join {core}.load_runs on load_run_feeds.run_id = load_runs.run_id
    left join
        (select distinct run_id from {core}.live_runs) as live
        on load_runs.run_id = live.run_id
    where
        live.run_id is null
        and load_runs.status in ('PUBLISHED', 'REJECTED')
        and load_runs.started_at <= ?
)

select
    job,
    feed,
    rows_read,
    rows_rejected,
    rows_duplicate
from counted
where age <= 21
order by job, feed, age
