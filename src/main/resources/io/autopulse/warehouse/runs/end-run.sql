-- Logs how a run ended.
update {core}.load_runs
set
    status = ?,
    ended_at = ?,
    seconds = ?,
    message = ?
where run_id = {run_id}
