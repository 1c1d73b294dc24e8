-- The KPIs of the run.
insert into {core}.sales_kpi ({columns}, computed_at, run_id)
select {columns}, {now} as computed_at, {run_id} as run_id
from {sales_kpi}
