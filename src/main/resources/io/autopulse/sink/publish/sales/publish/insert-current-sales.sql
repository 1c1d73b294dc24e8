-- The current version of each sale of the covered dates.
insert into {core}.sales ({columns}, run_id)
select {columns}, {run_id} as run_id
from {sale_versions}
where fate = 'CURRENT'
