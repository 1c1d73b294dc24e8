-- Logs how a run that was logged at its start has ended.
update {core}.load_runs
set
    status = ?,
    interval_from = ?,
    interval_to = ?,
    ended_at = ?,
    seconds = ?,
    message = ?
where run_id = {run_id}
