-- All staged versions, if none is known yet.
insert into {core}.sale_versions ({columns}, run_id)
select {columns}, {run_id} as run_id
from {sale_versions}
