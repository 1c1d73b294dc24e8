-- The rejected records of a run.
insert into {core}.rejected_records ({columns}, run_id)
select {columns}, {run_id} as run_id
from {rejected_records}
