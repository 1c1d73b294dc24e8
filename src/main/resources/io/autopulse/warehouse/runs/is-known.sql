-- Whether a run has this id.
select run_id
from {core}.load_runs
where run_id = {run_id}
