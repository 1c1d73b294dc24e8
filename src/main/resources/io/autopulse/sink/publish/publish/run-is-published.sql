-- Whether the run has published.
select 1 from {core}.load_runs where run_id = {run_id} and status = 'PUBLISHED'
