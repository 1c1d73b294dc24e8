-- Logs the result of one audit of a run.
insert into {core}.load_run_audits (run_id, audit, passed, detail) values ({run_id}, ?, ?, ?)
