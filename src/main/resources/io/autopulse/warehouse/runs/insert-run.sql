-- Logs that a run starts.
insert into {core}.load_runs (
    run_id,
    job,
    status,
    interval_from,
    interval_to,
    started_at,
    host,
    process_id,
    autopulse_version,
    runner
) values ({run_id}, ?, ?, ?, ?, ?, ?, ?, ?, ?)
