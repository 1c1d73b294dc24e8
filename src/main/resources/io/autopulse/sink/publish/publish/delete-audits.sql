-- The audits of a run that is audited again.
delete from {core}.load_run_audits where run_id = {run_id}
