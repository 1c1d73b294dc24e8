-- The runs that are logged as running.
select
    load_runs.run_id,
    load_runs.job,
    load_runs.started_at,
    load_runs.host,
    load_runs.process_id,
    live.run_id is not null as is_live
from {core}.load_runs
left join
    (select distinct run_id from {core}.live_runs) as live
    on load_runs.run_id = live.run_id
where load_runs.status = 'RUNNING' and load_runs.started_at <= ?
order by load_runs.job, load_runs.started_at
