-- The staged vehicles or dealers.
insert into {core}.{feed} ({columns}, run_id)
select {columns}, {run_id} as run_id from {staged}
