-- Logs that a live run restates a table.
insert into {core}.live_runs (run_id, live_table, state, is_loader)
values (?, ?, ?, ?)
