-- The other runs that have started and not ended: one of them may be publishing.
select
    run_id,
    job
from {core}.load_runs
where status = 'RUNNING' and run_id <> {run_id}
order by started_at, run_id
