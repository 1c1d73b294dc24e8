-- The processes of runs that have started and not ended.
select
    run_id,
    started_at,
    host,
    process_id
from {core}.load_runs
where status = 'RUNNING' and host is not null and process_id is not null
order by started_at, run_id
