-- What a run, audited before, left of itself.
delete from {core}.rejected_records where run_id = {run_id}
