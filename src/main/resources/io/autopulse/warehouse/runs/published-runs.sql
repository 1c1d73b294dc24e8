-- The runs that have replaced windows, each with the records that it read of all feeds.
with records as (
    select
        run_id,
        sum(rows_read) as rows_read
    from {core}.load_run_feeds
    group by run_id
)

select
    load_runs.run_id,
    load_runs.job,
    load_runs.interval_from,
    load_runs.interval_to,
    load_runs.replaces,
    load_runs.inputs,
    load_runs.ended_at,
    load_runs.seconds,
    cast(coalesce(records.rows_read, 0) as bigint) as rows_read
from {core}.load_runs
left join records on load_runs.run_id = records.run_id
where
    load_runs.status = 'PUBLISHED'
    and load_runs.replaces is not null
    and load_runs.ended_at is not null
