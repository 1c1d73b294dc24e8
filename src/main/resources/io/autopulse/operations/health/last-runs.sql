-- The last run of each job that has ended, live jobs left out.
with ended as (
    select
        load_runs.run_id,
        load_runs.job,
        load_runs.status,
        load_runs.started_at,
        load_runs.message,
        row_number() over (
            partition by load_runs.job
            order by load_runs.started_at desc, load_runs.run_id desc
        ) as age
    from {core}.load_runs
    left join
        (select distinct run_id from {core}.live_runs) as live
        on load_runs.run_id = live.run_id
    where live.run_id is null and load_runs.status <> 'RUNNING' and load_runs.started_at <= ?
)

select
    run_id,
    job,
    status,
    started_at,
    message
from ended
where age = 1
order by job
