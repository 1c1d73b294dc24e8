-- When a run started that has not ended.
select started_at
from {core}.load_runs
where run_id = {run_id} and status = 'RUNNING'
