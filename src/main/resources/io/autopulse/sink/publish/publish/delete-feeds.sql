-- The counts of a run that is audited again.
delete from {core}.load_run_feeds where run_id = {run_id}
