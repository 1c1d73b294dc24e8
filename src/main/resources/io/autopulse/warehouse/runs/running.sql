-- The runs that have started and not ended.
select run_id
from {core}.load_runs
where status = 'RUNNING'
