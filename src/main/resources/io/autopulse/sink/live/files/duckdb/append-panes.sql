-- Appends the panes of files.
insert into {core}.sales_kpi_live ({columns}, is_final, computed_at, run_id)
select
    {columns},
    false as is_final,
    {now} as computed_at,
    {run_id} as run_id
from {rows}
