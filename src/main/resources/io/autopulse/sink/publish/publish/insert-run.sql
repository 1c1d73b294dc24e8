-- Logs a run that was not logged at its start.
insert into {core}.load_runs (
    run_id, job, status, interval_from, interval_to, started_at, ended_at, seconds, host,
    process_id, autopulse_version, runner, message, replaces, inputs
) values ({run_id}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
