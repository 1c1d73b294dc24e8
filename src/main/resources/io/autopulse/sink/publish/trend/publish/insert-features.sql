-- The features of whole weeks.
insert into {core}.trend_features ({columns}, run_id)
select {columns}, {run_id} as run_id from {trend_features}
