-- The last runs, newest first, each with the records of all its feeds.
with records as (
    select
        run_id,
        sum(rows_read) as rows_read,
        sum(rows_rejected) as rows_rejected,
        sum(rows_published) as rows_published
    from {core}.load_run_feeds
    group by run_id
)

select
    load_runs.run_id,
    load_runs.job,
    load_runs.status,
    load_runs.interval_from,
    load_runs.interval_to,
    load_runs.started_at,
    load_runs.seconds,
    cast(records.rows_read as bigint) as rows_read,
    cast(records.rows_rejected as bigint) as rows_rejected,
    cast(records.rows_published as bigint) as rows_published,
    load_runs.message
from {core}.load_runs
left join records on load_runs.run_id = records.run_id
order by load_runs.started_at desc, load_runs.run_id desc
limit {limit}
