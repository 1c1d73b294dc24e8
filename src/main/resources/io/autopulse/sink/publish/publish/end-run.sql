-- Logs how a run that was logged at its start has ended.
update {core}.load_runs
set
    status = ?,
    interval_from = ?,
    interval_to = ?,
    ended_at = ?,
    seconds = ?,
    message = ?,
    replaces = ?,
    inputs = ?
where run_id = {run_id}
