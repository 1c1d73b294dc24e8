-- One run.
select
    run_id,
    job,
    status,
    interval_from,
    interval_to,
    started_at,
    ended_at,
    seconds,
    host,
    process_id,
    autopulse_version,
    runner,
    message
from {core}.load_runs
where run_id = ?
