-- The staged targets.
insert into {core}.sales_targets ({columns}, run_id)
select {columns}, {run_id} as run_id from {targets}
